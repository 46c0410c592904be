using Leasehold.Configuration.Model;
using Leasehold.Engine.V6;
using static Leasehold.ConformanceTests.Client6;

namespace Leasehold.ConformanceTests.Rfc4704;

/// <summary>RFC 4704 §4 and §6: the client's name, where nobody updates the DNS.</summary>
public class Rfc4704_Section_6
{
    [Theory]
    [InlineData("00 02 70 63 00", "04 02 70 63 00", "pc")]                               // complete: pc.
    [InlineData("01 02 70 63 07 65 78 61 6d 70 6c 65 00", "06 02 70 63 07 65 78 61 6d 70 6c 65 00", "pc.example")] // S: the server is not to update, so O
    [InlineData("04 02 70 63 00", "04 02 70 63 00", "pc")]                               // N
    [InlineData("00 02 50 63", "04 02 70 63 05 6f 66 66 69 63 04 74 65 73 74 00", "pc.offic.test")] // relative: completed
    [InlineData("00 03 50 21 63", "04 02 70 63 05 6f 66 66 69 63 04 74 65 73 74 00", "pc.offic.test")] // what is no name is left out
    [InlineData("00", "04 13 68 6f 73 74 2d 32 30 30 31 2d 64 62 38 2d 31 2d 2d 31 30 05 6f 66 66 69 63 04 74 65 73 74 00", "host-2001-db8-1--10.offic.test")]
    public void Name_is_answered_and_stored(string option, string answered, string stored)
    {
        Client6 client = Net(ReplaceClientName.Never).NewClient();
        Answer6 answer = client.Request(IaNa(1), Option(39, Hex.Of(option)));
        Assert.Equal(stored, Assert.Single(answer.Changes).Hostname);
        Assert.Equal(Hex.Of(answered), answer.Option(39));
    }

    [Theory]
    [InlineData(ReplaceClientName.Always, "00 02 70 63", "host-2001-db8-1--10.offic.test")]
    [InlineData(ReplaceClientName.WhenPresent, "00 02 70 63", "host-2001-db8-1--10.offic.test")]
    [InlineData(ReplaceClientName.WhenNotPresent, "00 02 70 63", "pc.offic.test")]
    [InlineData(ReplaceClientName.WhenNotPresent, null, "host-2001-db8-1--10.offic.test")]
    [InlineData(ReplaceClientName.WhenPresent, null, "")]
    [InlineData(ReplaceClientName.Never, null, "")]
    public void Name_is_replaced_as_configured(ReplaceClientName mode, string? option, string stored)
    {
        Client6 client = Net(mode).NewClient();
        byte[][] options = [IaNa(1), .. option is null ? (byte[][])[] : [Option(39, Hex.Of(option))]];
        Answer6 answer = client.Request(options);
        Assert.Equal((stored, option is not null), (Assert.Single(answer.Changes).Hostname, answer.Option(39) is not null));
    }

    [Fact]
    public void Reserved_name_comes_first()
    {
        Answer6 answer = Net(ReplaceClientName.Never).NewClient(2).Request(IaNa(1), Option(39, Hex.Of("00 02 70 63 00")));
        Assert.Equal("beta.offic.test", Assert.Single(answer.Changes).Hostname);
        Assert.Equal(Hex.Of("04 04 62 65 74 61 05 6f 66 66 69 63 04 74 65 73 74 00"), answer.Option(39));
    }

    /// <summary>§4.1: "the 'N' bit is 1 and the 'S' bit MUST be 0".</summary>
    [Fact]
    public void Contradiction_discards_the_message() =>
        Assert.Equal(DropReason6.Malformed, Net(ReplaceClientName.Never).NewClient().Request(IaNa(1), Option(39, Hex.Of("05 02 70 63 00"))).Drop);

    private static Network6 Net(ReplaceClientName replacement) => Network6.With(
        """
        { "subnet6": [ { "id": 1, "subnet": "2001:db8:1::/64", "interface": "eth0", "pools": [ { "pool": "2001:db8:1::10-2001:db8:1::1f" } ],
                         "reservations": [ { "duid": "00:03:00:01:02:00:5e:10:00:02", "hostname": "Beta" } ] } ] }
        """,
        config => config with
        {
            Parameters = config.Parameters with
            {
                Names = new() { QualifyingSuffix = "offic.test", GeneratedPrefix = "host", ReplaceClientName = replacement },
            },
        });
}
