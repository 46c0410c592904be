using System.Runtime.InteropServices;

namespace Leasehold.Net.Interop;

// Many datagrams a call: recvmmsg(2), sendmmsg(2), cmsg(3).
internal static unsafe partial class Libc
{
    public const int MSG_TRUNC = 0x20;
    public const int MSG_DONTWAIT = 0x40;
    public const int MSG_NOSIGNAL = 0x4000;

    /// <summary>UIO_MAXIOV: the kernel takes no more messages a call.</summary>
    public const int MaxMessages = 1024;

    [LibraryImport("libc", EntryPoint = "recvmmsg", SetLastError = true)]
    public static partial int RecvMmsg(Descriptor socket, MMsgHdr* messages, uint count, int flags, void* timeout);

    [LibraryImport("libc", EntryPoint = "sendmmsg", SetLastError = true)]
    public static partial int SendMmsg(Descriptor socket, MMsgHdr* messages, uint count, int flags);
}

/// <summary>struct iovec.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct IoVec
{
    public byte* Start;
    public nuint Length;
}

/// <summary>struct msghdr as glibc has it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct MsgHdr
{
    public void* Name;
    public uint NameLength;
    public IoVec* Vectors;
    public nuint VectorCount;
    public byte* Control;
    public nuint ControlLength;
    public int Flags;
}

/// <summary>struct mmsghdr: a message, and how many octets of it went through.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct MMsgHdr
{
    public MsgHdr Header;
    public uint Length;
}

/// <summary>struct cmsghdr: the head of one piece of control data, which follows it directly.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct CMsgHdr
{
    public nuint Length;
    public int Level;
    public int Type;

    /// <summary>CMSG_LEN: head and data.</summary>
    public static unsafe int LengthFor(int data) => sizeof(CMsgHdr) + data;

    /// <summary>CMSG_SPACE: head, data and padding to the next head.</summary>
    public static unsafe int SpaceFor(int data) => sizeof(CMsgHdr) + ((data + sizeof(nuint) - 1) & -sizeof(nuint));
}

/// <summary>Walks the control data of a received message.</summary>
internal unsafe ref struct ControlData(in MsgHdr message)
{
    private byte* next = message.Control;
    private nuint rest = message.ControlLength;

    /// <summary>The next piece, or false at the end.</summary>
    /// <param name="head">Its head; the data follow it.</param>
    /// <param name="length">Octets of data.</param>
    public bool TryNext(out CMsgHdr* head, out int length)
    {
        head = (CMsgHdr*)next;
        length = 0;
        if (rest < (nuint)sizeof(CMsgHdr) || head->Length < (nuint)sizeof(CMsgHdr) || head->Length > rest) return false;
        length = (int)head->Length - sizeof(CMsgHdr);
        nuint space = (nuint)CMsgHdr.SpaceFor(length);
        next += space;
        rest = space < rest ? rest - space : 0;
        return true;
    }
}
