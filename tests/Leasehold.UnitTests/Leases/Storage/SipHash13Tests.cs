using Leasehold.Leases.Storage;
using Xunit;

namespace Leasehold.UnitTests.Leases.Storage;

/// <summary>Values of another implementation: CPython's, with a key of zeros.</summary>
public sealed class SipHash13Tests
{
    [Theory]
    [InlineData(1, 0x1f8540edu)]
    [InlineData(7, 0x334196fau)]
    [InlineData(8, 0xcb0e5fb0u)]
    [InlineData(17, 0x4239b234u)]
    public void The_octets_1_2_3_and_so_on(int length, uint hash) =>
        Assert.Equal(hash, new SipHash13(0, 0).Hash([.. Enumerable.Range(1, length).Select(i => (byte)i)]));

    [Fact]
    public void Two_numbers_are_their_sixteen_octets() =>
        Assert.Equal(new SipHash13(3, 4).Hash([.. Enumerable.Range(1, 16).Select(i => (byte)i)]), new SipHash13(3, 4).Hash(0x0807060504030201, 0x100f0e0d0c0b0a09));
}
