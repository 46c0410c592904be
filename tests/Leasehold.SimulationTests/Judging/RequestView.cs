using System.Buffers.Binary;
using Leasehold.Protocol;
using Leasehold.Protocol.V4;

namespace Leasehold.SimulationTests.Judging;

/// <summary>A packet to the server, read by the judge itself.</summary>
internal sealed class RequestView
{
    private RequestView(byte[] octets, in Dhcp4Message message)
    {
        Octets = octets;
        Type = message.MessageType;
        OptionReader4 options = message.Options;
        List<byte> clientId = [];
        List<byte> relay = [];
        while (options.TryRead(out byte code, out ReadOnlySpan<byte> value))
        {
            Ipv4? address = value.Length == 4 ? Ipv4.Read(value) : null;
            switch (code)
            {
                case OptionCode4.RequestedAddress:
                    if (address is { IsAny: false }) Requested ??= address;
                    break;
                case OptionCode4.ServerIdentifier:
                    Server ??= address;
                    break;
                case OptionCode4.MaxMessageSize:
                    if (value.Length == 2) MaxSize ??= BinaryPrimitives.ReadUInt16BigEndian(value);
                    break;
                case OptionCode4.ClientIdentifier:
                    clientId.AddRange(value);
                    break;
                case OptionCode4.RelayAgentInformation:
                    relay.AddRange(value);
                    break;
                case OptionCode4.ParameterRequestList:
                    foreach (byte wanted in value) Wanted.Add(wanted);
                    break;
                case OptionCode4.HostName:
                    HasHostName = true;
                    break;
            }
        }

        // RFC 2132 §9.14: a client identifier has at least two octets.
        ClientId = clientId.Count >= 2 ? [.. clientId] : [];
        RelayInfo = [.. relay];
    }

    public byte[] Octets { get; }
    public MessageType4 Type { get; }
    public Ipv4? Requested { get; }
    public Ipv4? Server { get; }
    public ushort? MaxSize { get; }
    public byte[] ClientId { get; }
    public byte[] RelayInfo { get; }
    public HashSet<byte> Wanted { get; } = [];
    public bool HasHostName { get; }
    public byte Op => Octets[0];
    public uint Xid => BinaryPrimitives.ReadUInt32BigEndian(Octets.AsSpan(4));
    public ushort Flags => BinaryPrimitives.ReadUInt16BigEndian(Octets.AsSpan(10));
    public Ipv4 Ciaddr => Ipv4.Read(Octets.AsSpan(12));
    public Ipv4 Giaddr => Ipv4.Read(Octets.AsSpan(24));
    public HardwareAddress Chaddr => new(Octets[1], Octets.AsSpan(28, Octets[2]));

    /// <summary>Null for octets that are no message.</summary>
    public static RequestView? Read(byte[] octets) =>
        Dhcp4Message.TryParse(octets, out Dhcp4Message message, out _) ? new(octets, in message) : null;
}
