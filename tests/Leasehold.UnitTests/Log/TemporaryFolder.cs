namespace Leasehold.UnitTests.Log;

/// <summary>A folder for one test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("leasehold-test-");

    public string At(string name) => Path.Combine(folder.FullName, name);

    public string Read(string name) => File.ReadAllText(At(name));

    public void Dispose() => folder.Delete(recursive: true);
}
