using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Leasehold.Net.Interop;
using Xunit;

namespace Leasehold.UnitTests.Net;

/// <summary>Sizes and offsets as a C compiler gives them for linux/amd64.</summary>
public class StructureTests
{
    [Fact]
    public void Structures_are_as_large_as_the_kernels()
    {
        Assert.Equal(16, Unsafe.SizeOf<SockAddrIn>());
        Assert.Equal(28, Unsafe.SizeOf<SockAddrIn6>());
        Assert.Equal(28, Unsafe.SizeOf<SockAddrLl>()); // 20, and 8 more octets of link address
        Assert.Equal(12, Unsafe.SizeOf<SockAddrNl>());
        Assert.Equal(12, Unsafe.SizeOf<InPktInfo>());
        Assert.Equal(20, Unsafe.SizeOf<In6PktInfo>());
        Assert.Equal(20, Unsafe.SizeOf<Ipv6MReq>());
        Assert.Equal(16, Unsafe.SizeOf<Timespec>());
        Assert.Equal(20, Unsafe.SizeOf<PacketAuxData>());
        Assert.Equal(8, Unsafe.SizeOf<SockFilter>());
        Assert.Equal(16, Unsafe.SizeOf<SockFprog>());
        Assert.Equal(8, Unsafe.SizeOf<PollFd>());
        Assert.Equal(16, Unsafe.SizeOf<IoVec>());
        Assert.Equal(56, Unsafe.SizeOf<MsgHdr>());
        Assert.Equal(64, Unsafe.SizeOf<MMsgHdr>());
        Assert.Equal(16, Unsafe.SizeOf<CMsgHdr>());
        Assert.Equal(RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16, EpollEvent.Size);
    }

    [Theory]
    [InlineData(typeof(SockAddrIn), nameof(SockAddrIn.Port), 2)]
    [InlineData(typeof(SockAddrIn), nameof(SockAddrIn.Address), 4)]
    [InlineData(typeof(SockAddrLl), nameof(SockAddrLl.Protocol), 2)]
    [InlineData(typeof(SockAddrLl), nameof(SockAddrLl.InterfaceIndex), 4)]
    [InlineData(typeof(SockAddrLl), nameof(SockAddrLl.HardwareType), 8)]
    [InlineData(typeof(SockAddrLl), nameof(SockAddrLl.PacketType), 10)]
    [InlineData(typeof(SockAddrLl), nameof(SockAddrLl.AddressLength), 11)]
    [InlineData(typeof(SockAddrLl), nameof(SockAddrLl.Address), SockAddrLl.HeaderLength)]
    [InlineData(typeof(SockAddrNl), nameof(SockAddrNl.Groups), 8)]
    [InlineData(typeof(InPktInfo), nameof(InPktInfo.SpecDst), 4)]
    [InlineData(typeof(InPktInfo), nameof(InPktInfo.Address), 8)]
    [InlineData(typeof(In6PktInfo), nameof(In6PktInfo.InterfaceIndex), 16)]
    [InlineData(typeof(Ipv6MReq), nameof(Ipv6MReq.InterfaceIndex), 16)]
    [InlineData(typeof(PacketAuxData), nameof(PacketAuxData.VlanTci), 16)]
    [InlineData(typeof(SockFilter), nameof(SockFilter.Operand), 4)]
    [InlineData(typeof(SockFprog), nameof(SockFprog.Filter), 8)]
    [InlineData(typeof(MsgHdr), nameof(MsgHdr.NameLength), 8)]
    [InlineData(typeof(MsgHdr), nameof(MsgHdr.Vectors), 16)]
    [InlineData(typeof(MsgHdr), nameof(MsgHdr.VectorCount), 24)]
    [InlineData(typeof(MsgHdr), nameof(MsgHdr.Control), 32)]
    [InlineData(typeof(MsgHdr), nameof(MsgHdr.ControlLength), 40)]
    [InlineData(typeof(MsgHdr), nameof(MsgHdr.Flags), 48)]
    [InlineData(typeof(MMsgHdr), nameof(MMsgHdr.Length), 56)]
    [InlineData(typeof(CMsgHdr), nameof(CMsgHdr.Level), 8)]
    [InlineData(typeof(CMsgHdr), nameof(CMsgHdr.Type), 12)]
    public void Fields_are_where_the_kernel_looks_for_them(Type structure, string field, int offset) =>
        Assert.Equal(offset, (int)Marshal.OffsetOf(structure, field));

    [Fact]
    public void Control_data_are_padded_to_words()
    {
        Assert.Equal(28, CMsgHdr.LengthFor(12));
        Assert.Equal(32, CMsgHdr.SpaceFor(12));
        Assert.Equal(24, CMsgHdr.SpaceFor(4));
        Assert.Equal(40, CMsgHdr.SpaceFor(20));
    }
}
