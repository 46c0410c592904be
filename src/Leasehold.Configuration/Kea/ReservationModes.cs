using Leasehold.Configuration.Text;

namespace Leasehold.Configuration.Kea;

/// <summary>"reservation-mode", the older form of the three flags reservations-global, reservations-in-subnet and reservations-out-of-pool.</summary>
internal static class ReservationModes
{
    /// <summary>The three flags in that order; null for another word, which is told.</summary>
    public static (bool Global, bool InSubnet, bool OutOfPool)? Read(ConfigNode value, Reading reading) =>
        reading.OneOf(
            value,
            ("disabled", (false, false, false)),
            ("off", (false, false, false)),
            ("out-of-pool", (false, true, true)),
            ("global", (true, false, false)),
            ("all", (false, true, false)));

    /// <summary>Tells of a map that uses the older and the newer form.</summary>
    public static void CheckOnce(ConfigMap map, Reading reading)
    {
        if (map.Find("reservation-mode") is not { } mode) return;
        ConfigNode? flag = map.Find("reservations-global") ?? map.Find("reservations-in-subnet") ?? map.Find("reservations-out-of-pool");
        if (flag is null) return;
        reading.Error(
            mode.Position,
            $"reservation-mode and the newer flag at {flag.Position} say the same thing twice",
            "remove reservation-mode");
    }
}
