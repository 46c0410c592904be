using System.Collections.Immutable;
using System.Text;
using Leasehold.Configuration.Model;
using Leasehold.Configuration.Text;
using Leasehold.Protocol;

namespace Leasehold.Configuration.Kea;

/// <summary>An element of "reservations", of a subnet or of the global map.</summary>
internal static class ReservationReader4
{
    /// <summary>An option carries at most this much, and every identifier but the hardware address comes from one.</summary>
    public const int MaxIdentifier = 255;

    /// <summary>A domain name has at most 253 characters in text (RFC 1035 §2.3.4).</summary>
    public const int MaxHostname = 253;

    /// <summary>The keys of a reservation.</summary>
    public static readonly KeyTable<Reservation4> Keys = new("a reservation")
    {
        {
            "hw-address", "The client's hardware address, such as 1a:1b:1c:1d:1e:1f.",
            static (h, v, r) => Identify(h, ReservationIdentifierType.HardwareAddress, v, r)
        },
        {
            "client-id", "The client identifier (option 61) with its type octet, in hexadecimal or as 'text'.",
            static (h, v, r) => Identify(h, ReservationIdentifierType.ClientId, v, r)
        },
        {
            "duid", "The DUID inside the client identifier, in hexadecimal.",
            static (h, v, r) => Identify(h, ReservationIdentifierType.Duid, v, r)
        },
        {
            "circuit-id", "The relay's circuit id (option 82, sub-option 1), in hexadecimal or as 'text'.",
            static (h, v, r) => Identify(h, ReservationIdentifierType.CircuitId, v, r)
        },
        {
            "flex-id", "The value of the identifier expression, in hexadecimal or as 'text'.",
            static (h, v, r) => Identify(h, ReservationIdentifierType.FlexId, v, r)
        },
        { "ip-address", "The address. Nothing: one from the pools.", static (h, v, r) => h with { Address = r.Address(v) } },
        { "hostname", "The client's name.", static (h, v, r) => h with { Hostname = Hostname(v, r) } },
        {
            "next-server", "The boot server's address (siaddr).",
            static (h, v, r) => h with { NextServer = ParameterRows.NextServer(v, r) }
        },
        {
            "server-hostname", "The boot server's name (sname), at most 63 octets.",
            static (h, v, r) => h with { ServerHostname = r.TextWithin(v, ParameterRows.MaxServerHostname, "sname") }
        },
        {
            "boot-file-name", "The boot file (file), at most 127 octets.",
            static (h, v, r) => h with { BootFileName = r.TextWithin(v, ParameterRows.MaxBootFileName, "file") }
        },
        {
            "option-data", "Options for this client.",
            static (h, v, r) => h with { Options = OptionDataReader.ReadAll(v, r) },
            OptionDataReader.Keys, true
        },
        {
            "client-classes", "Classes that the client is in, whatever their expressions say.",
            static (h, v, r) => h with { Classes = ClassRows.Names(v, r) },
            null, true
        },
    };

    /// <summary>The identifiers' names, as keys of a reservation and in host-reservation-identifiers.</summary>
    public static readonly ImmutableArray<(string Word, ReservationIdentifierType Value)> Identifiers =
    [
        ("hw-address", ReservationIdentifierType.HardwareAddress),
        ("duid", ReservationIdentifierType.Duid),
        ("circuit-id", ReservationIdentifierType.CircuitId),
        ("client-id", ReservationIdentifierType.ClientId),
        ("flex-id", ReservationIdentifierType.FlexId),
    ];

    /// <summary>Reads a reservation; null when nobody can tell for whom it is.</summary>
    public static Reservation4? Read(ConfigMap map, Reading reading)
    {
        var empty = new Reservation4 { IdentifierType = default, Identifier = default, Origin = reading.OriginOf(map) };
        Reservation4 reservation = Keys.Read(empty, map, reading);
        return HasOneIdentifier(map, Identifiers, reading) && !reservation.Identifier.IsDefault ? reservation : null;
    }

    /// <summary>True when the map has exactly one of the identifiers' keys; otherwise that is told.</summary>
    public static bool HasOneIdentifier(ConfigMap map, ImmutableArray<(string Word, ReservationIdentifierType Value)> kinds, Reading reading)
    {
        List<string> given = [.. kinds.Select(i => i.Word).Where(word => map.Find(word) is not null)];
        if (given.Count == 0)
        {
            reading.Error(
                map.Position,
                "this reservation does not say for whom it is",
                $"add one of {string.Join(", ", kinds.Select(i => i.Word))}");
            return false;
        }

        if (given.Count > 1)
        {
            reading.Error(
                map.Position,
                $"this reservation has {given.Count} identifiers ({string.Join(", ", given)}), and one is allowed",
                "make a reservation of each");
            return false;
        }

        return true;
    }

    private static Reservation4 Identify(Reservation4 reservation, ReservationIdentifierType type, ConfigNode value, Reading reading) =>
        Identifier(type, value, reading) is { } octets ? reservation with { IdentifierType = type, Identifier = octets } : reservation;

    /// <summary>An identifier's octets; null when the text has none, which is told.</summary>
    /// <param name="most">The longest that a client can send, when it is no hardware address.</param>
    public static ImmutableArray<byte>? Identifier(ReservationIdentifierType type, ConfigNode value, Reading reading, int most = MaxIdentifier)
    {
        if (reading.Text(value)?.Trim() is not { } text) return null;
        if (type != ReservationIdentifierType.HardwareAddress && text.Length > 2 && text[0] == '\'' && text[^1] == '\'')
            return WithinLimit(Encoding.UTF8.GetBytes(text[1..^1]));

        string digits = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? text[2..] : text;
        if (digits.Length % 2 == 1 && digits.AsSpan().IndexOfAny(':', '-', ' ') < 0) digits = "0" + digits;
        byte[] octets = new byte[(digits.Length / 2) + 1];
        if (!HexText.TryParse(digits, octets, out int length) || length == 0)
        {
            (string what, string remedy) = type == ReservationIdentifierType.HardwareAddress
                ? ("a hardware address", "write octets in hexadecimal, such as 1a:1b:1c:1d:1e:1f")
                : ("an identifier in hexadecimal", "write octets in hexadecimal, such as 01:0a:0b, or a text in single quotes inside the double ones");
            reading.Error(value.Position, $"\"{text}\" is not {what}", remedy);
            return null;
        }

        return WithinLimit(octets[..length]);

        ImmutableArray<byte>? WithinLimit(byte[] found)
        {
            int limit = type == ReservationIdentifierType.HardwareAddress ? HardwareAddress.MaxLength : most;
            if (found.Length <= limit) return [.. found];
            reading.Error(
                value.Position,
                $"the identifier has {found.Length} octets, and no client can send more than {limit}",
                "shorten it");
            return null;
        }
    }

    /// <summary>A host's name; null when it cannot be one, which is told.</summary>
    public static string? Hostname(ConfigNode value, Reading reading)
    {
        if (reading.TextOrNothing(value) is not { } name) return null;
        string dotless = name.TrimEnd('.');
        if (dotless.Length is > 0 and <= MaxHostname
            && dotless.Split('.').All(label => label.Length is > 0 and <= 63 && label.All(c => c is > ' ' and < '\x7f'))) return name;
        reading.Error(
            value.Position,
            $"\"{name}\" cannot be a host's name: it needs labels of 1 to 63 ASCII characters with dots between them, {MaxHostname} in all",
            "correct the name");
        return null;
    }
}
