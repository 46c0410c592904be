namespace Leasehold.UnitTests.Layout;

/// <summary>The files of the repository, as a person sees them: without what .gitignore names.</summary>
internal static class RepositoryFiles
{
    private static readonly Lazy<string> FoundRoot = new(FindRoot);
    private static readonly Lazy<SourceFile[]> Found = new(() => [.. Walk(Root).OrderBy(file => file.Path, StringComparer.Ordinal)]);

    /// <summary>The folder that holds Leasehold.slnx.</summary>
    public static string Root => FoundRoot.Value;

    /// <summary>Every file, in the order of its path.</summary>
    public static IReadOnlyList<SourceFile> All => Found.Value;

    /// <summary>Every C# file.</summary>
    public static IEnumerable<SourceFile> CSharp => All.Where(file => file.Path.EndsWith(".cs", StringComparison.Ordinal));

    /// <summary>The C# files below src/.</summary>
    public static IEnumerable<SourceFile> Source => CSharp.Where(file => file.Path.StartsWith("src/", StringComparison.Ordinal));

    /// <summary>One file by its path from the root.</summary>
    public static SourceFile Get(string path) => new(path, File.ReadAllText(Path.Combine(Root, path)));

    /// <summary>True for a file or a folder of the repository.</summary>
    public static bool Exists(string path) => Path.Exists(Path.Combine(Root, path));

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Leasehold.slnx"))) return folder.FullName;
        }

        throw new InvalidOperationException($"no Leasehold.slnx above {AppContext.BaseDirectory}: the layout tests read the source tree");
    }

    private static IEnumerable<SourceFile> Walk(string folder)
    {
        foreach (string path in Directory.EnumerateFiles(folder))
        {
            string relative = Relative(path);
            if (IsIgnored(relative, isFolder: false)) continue;
            string text = File.ReadAllText(path);
            if (!text.Contains('\0')) yield return new(relative, text);
        }

        foreach (string path in Directory.EnumerateDirectories(folder))
        {
            if (IsIgnored(Relative(path), isFolder: true)) continue;
            foreach (SourceFile file in Walk(path)) yield return file;
        }
    }

    private static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    // The few forms of pattern that our .gitignore uses: "name/", "path/name/" and "*.ending".
    private static bool IsIgnored(string path, bool isFolder)
    {
        string name = Path.GetFileName(path);
        if (name == ".git") return true;
        foreach (string line in File.ReadLines(Path.Combine(Root, ".gitignore")))
        {
            string pattern = line.Trim().TrimStart('/');
            if (pattern.Length == 0 || pattern[0] == '#') continue;
            if (pattern.EndsWith('/') && !isFolder) continue;
            pattern = pattern.TrimEnd('/');
            if (pattern.StartsWith('*') ? name.EndsWith(pattern[1..], StringComparison.Ordinal) : pattern == path || pattern == name) return true;
        }

        return false;
    }
}

/// <summary>A text file of the repository.</summary>
/// <param name="Path">From the root, with forward slashes.</param>
/// <param name="Text">Its whole text.</param>
internal sealed record SourceFile(string Path, string Text)
{
    /// <summary>The lines, numbered from 1.</summary>
    public IEnumerable<(int Number, string Text)> Lines => Text.Split('\n').Select((line, index) => (index + 1, line));

    /// <summary>True for a path below one of the folders.</summary>
    public bool IsIn(params ReadOnlySpan<string> folders)
    {
        foreach (string folder in folders)
        {
            if (Path.StartsWith(folder, StringComparison.Ordinal)) return true;
        }

        return false;
    }
}
