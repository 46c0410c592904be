namespace Leasehold.Engine.Load;

/// <summary>Makes a crowd's identifiers out of one.</summary>
internal static class ClientNumber
{
    /// <summary>Adds a client's number to the last octets, each by itself, as few of them as the number needs.</summary>
    /// <remarks>Without a carry, as other load generators do, so that a server that was loaded by those knows these clients.</remarks>
    public static void AddTo(Span<byte> identifier, int client)
    {
        uint rest = (uint)client;
        for (int i = identifier.Length - 1; i >= 0; i--)
        {
            identifier[i] += (byte)rest;
            if (rest <= byte.MaxValue) return;
            rest >>= 8;
        }
    }
}
