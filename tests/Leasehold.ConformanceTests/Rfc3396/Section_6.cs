namespace Leasehold.ConformanceTests.Rfc3396;

/// <summary>RFC 3396 §4 and §6: values that do not fit into one option.</summary>
public class Rfc3396_Section_6
{
    private static Answer Offer(int length, string extra)
    {
        // Octets that differ, so that a piece out of order is seen.
        string value = string.Join(' ', Enumerable.Range(0, length).Select(i => (i % 251).ToString("x2")));
        Client client = Network.With(Network.Lan with { Options = [Network.Option(224, value)] }).NewClient();
        client.RequestList = [224];
        client.Extra = extra;
        return client.Discover();
    }

    /// <summary>RFC 3396 §6: pieces have at most 255 octets, the same code, stand in their order, and their lengths add up to the value's.</summary>
    [Theory]
    [InlineData(255, "255")]
    [InlineData(256, "255 1")]
    [InlineData(511, "255 255 1")]
    [InlineData(700, "255 255 190")]
    public void Pieces_of_a_long_value_stand_in_order(int length, string pieces)
    {
        Answer offer = Offer(length, "39 02 05 dc");

        Assert.Equal(pieces, string.Join(' ', offer.Options.Where(option => option.Code == 224).Select(option => option.Value.Length)));
        Assert.Equal(Enumerable.Range(0, length).Select(i => (byte)(i % 251)), offer.Option(224));
    }

    /// <summary>RFC 3396 §4: where there is room for a part only, the agent splits by this method or does "not send the option at all".</summary>
    [Fact]
    public void Value_that_fits_in_part_only_is_not_sent()
    {
        Answer offer = Offer(400, extra: "");

        Assert.Null(offer.Option(224));
        Assert.Equal([53, 54, 51, 1], offer.Codes);
    }
}
