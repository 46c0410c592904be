using Leasehold.Configuration.Model;
using Xunit;

namespace Leasehold.UnitTests.Configuration.Kea;

public class DurabilityTests
{
    [Theory]
    [InlineData("", Durability.Commit, 0)]
    [InlineData(""", "durability": "commit" """, Durability.Commit, 0)]
    [InlineData(""", "durability": "none" """, Durability.None, 0)]
    [InlineData(""", "durability": "batch-ms: 5" """, Durability.Batch, 5)]
    [InlineData(""", "durability": "batch-ms:1" """, Durability.Batch, 1)]
    [InlineData(""", "durability": { "batch-ms": 1000 } """, Durability.Batch, 1000)]
    public void Durability_is_commit_unless_another_is_named(string member, Durability durability, int batchMs)
    {
        LeaseDatabaseConfig read = Reads.Good($$"""  "lease-database": { "type": "memfile"{{member}} }  """).LeaseDatabase;
        Assert.Equal((durability, (uint)batchMs), (read.Durability, read.BatchMs));
    }

    [Theory]
    [InlineData("\"sometimes\"", "2:37", "\"sometimes\" is not a durability: write \"commit\", \"none\" or { \"batch-ms\": 2 }")]
    [InlineData("\"batch-ms: 0\"", "2:37", "0 is not a whole number from 1 to 1000: write a number in that range")]
    [InlineData("\"batch-ms:\"", "2:37", " is not a whole number from 1 to 1000: write a number in that range")]
    [InlineData("\"batch-ms: 5 s\"", "2:37", "5 s is not a whole number from 1 to 1000: write a number in that range")]
    [InlineData("{ \"batch-ms\": 1001 }", "2:51", "1001 is not a whole number from 1 to 1000: write a number in that range")]
    [InlineData("{ }", "2:37", "this map does not say \"batch-ms\": write \"commit\", \"none\" or { \"batch-ms\": 2 }")]
    [InlineData("5", "2:37", "this is a number, and it should be a text: put it in double quotes")]
    public void Another_value_is_told_with_its_place(string value, string place, string complaint)
    {
        string told = Reads.Complaint($$"""  "lease-database": { "durability": {{value}} }""");
        Assert.Contains($":{place}: ", told, StringComparison.Ordinal);
        Assert.EndsWith(complaint.Replace(": write", "; write", StringComparison.Ordinal).Replace(": put", "; put", StringComparison.Ordinal), told);
    }
}
