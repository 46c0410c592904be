using System.Text;
using Leasehold.Leases;
using Leasehold.SimulationTests.Serving;

namespace Leasehold.SimulationTests.Tests;

/// <summary>The disk is as bad as a disk can be, and no worse.</summary>
public sealed class VirtualDiskTests
{
    [Fact]
    public void What_was_synced_survives_every_power_cut()
    {
        for (ulong seed = 0; seed < 50; seed++)
        {
            VirtualDisk disk = Begun(seed);
            disk.Open("a").Write(Encoding.ASCII.GetBytes(new string('x', 5000)), 5);
            disk.CutPower();
            Assert.StartsWith("kept.", Text(disk), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_was_not_synced_may_come_whole_in_part_or_not_at_all()
    {
        HashSet<int> lengths = [];
        bool torn = false;
        for (ulong seed = 0; seed < 200; seed++)
        {
            VirtualDisk disk = Begun(seed);
            disk.Open("a").Write(Encoding.ASCII.GetBytes(new string('x', 2000)), 5);
            disk.CutPower();
            string text = Text(disk);
            lengths.Add(text.Length);
            torn |= text.Contains('\0', StringComparison.Ordinal) && text.Contains('x', StringComparison.Ordinal);
        }

        Assert.Contains(5, lengths);
        Assert.Contains(2005, lengths);
        Assert.True(lengths.Count > 10 && torn);
    }

    [Fact]
    public void What_a_failed_sync_was_for_is_not_brought_back_by_the_next_one()
    {
        int lost = 0;
        for (ulong seed = 0; seed < 50; seed++)
        {
            VirtualDisk disk = Begun(seed);
            ILeaseFile file = disk.Open("a");
            file.Write("more."u8, 5);
            disk.FailSyncs = 1;
            Assert.Throws<IOException>(file.Sync);
            file.Sync();
            disk.CutPower();
            if (Text(disk) != "kept.more.") lost++;
        }

        Assert.True(lost > 10);
    }

    [Fact]
    public void Name_that_was_not_synced_may_be_gone()
    {
        bool gone = false;
        bool there = false;
        for (ulong seed = 0; seed < 50; seed++)
        {
            VirtualDisk disk = Begun(seed);
            disk.Rename("a", "b");
            disk.CutPower();
            Assert.NotEqual(disk.Exists("a"), disk.Exists("b"));
            gone |= disk.Exists("a");
            there |= disk.Exists("b");
        }

        Assert.True(gone && there);
    }

    [Fact]
    public void Power_goes_at_the_call_that_was_chosen()
    {
        VirtualDisk disk = Begun(1);
        ILeaseFile file = disk.Open("a");
        disk.PowerCutIn = 2;
        file.Write("x"u8, 5);
        Assert.Throws<PowerLost>(file.Sync);
    }

    private static VirtualDisk Begun(ulong seed)
    {
        VirtualDisk disk = new(new(seed, "disk"));
        ILeaseFile file = disk.Open("a");
        file.Write("kept."u8, 0);
        file.Sync();
        disk.Sync();
        return disk;
    }

    private static string Text(VirtualDisk disk)
    {
        ILeaseFile file = disk.Open("a");
        byte[] octets = new byte[file.Length];
        Assert.Equal(octets.Length, file.Read(octets, 0));
        return Encoding.ASCII.GetString(octets);
    }
}
