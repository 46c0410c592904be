using System.Buffers.Binary;
using System.IO.MemoryMappedFiles;

namespace Leasehold.Fuzz.Driving;

/// <summary>The input that is being fed, where it is found also when the process is no more, or does not come back from it.</summary>
internal sealed class LastInput : IDisposable
{
    // No input takes more than some milliseconds; a machine that is busy with other things may make that many more.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string results;
    private readonly MemoryMappedFile file;
    private readonly MemoryMappedViewAccessor view;
    private readonly Timer timer;
    private byte[] current = [];
    private byte[] watched = [];

    public LastInput(string results, int maxLength)
    {
        this.results = results;
        Directory.CreateDirectory(results);
        file = MemoryMappedFile.CreateFromFile(Path.Combine(results, "last.bin"), FileMode.Create, null, maxLength + 4);
        view = file.CreateViewAccessor();
        timer = new(_ => Watch(), null, Patience, Patience);
    }

    public void Set(byte[] input)
    {
        Volatile.Write(ref current, input);
        view.Write(0, input.Length);
        view.WriteArray(4, input, 0, input.Length);
    }

    /// <summary>The input of a process that died, as hexadecimal in results/last.hex.</summary>
    public static void Recover(string results)
    {
        byte[] kept = File.ReadAllBytes(Path.Combine(results, "last.bin"));
        File.WriteAllText(Path.Combine(results, "last.hex"), Corpus.Show(kept.AsSpan(4, BinaryPrimitives.ReadInt32LittleEndian(kept)).ToArray()));
    }

    public void Dispose()
    {
        timer.Dispose();
        view.Dispose();
        file.Dispose();
    }

    private void Watch()
    {
        byte[] input = Volatile.Read(ref current);
        if (!ReferenceEquals(input, watched) || input.Length == 0)
        {
            watched = input;
            return;
        }

        string path = Path.Combine(results, "endless.hex");
        File.WriteAllText(path, Corpus.Show(input));
        Console.Error.WriteLine($"an input is not done with after {Patience.TotalSeconds} seconds: {path}");
        Environment.Exit(1);
    }
}
