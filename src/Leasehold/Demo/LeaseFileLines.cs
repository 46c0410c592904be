namespace Leasehold.Demo;

/// <summary>The text of a lease file, cut into fields. Columns are found by the file's heading.</summary>
public static class LeaseFileLines
{
    /// <summary>The wanted columns of every complete line after the heading, in the order in which they are asked for.</summary>
    /// <exception cref="DemoException">The file has no heading, or its heading lacks a column.</exception>
    public static IEnumerable<string[]> Read(string path, params IReadOnlyList<string> columns)
    {
        string text = File.ReadAllText(path);
        string[] lines = text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length == 0) throw new DemoException($"{path} is empty");
        string[] heading = lines[0].Split(',');
        int[] places = [.. columns.Select(Place)];
        return lines.Skip(1).Select(line => line.Split(',')).Select(fields => places.Select(place => fields[place]).ToArray());

        int Place(string name)
        {
            int index = Array.IndexOf(heading, name);
            return index >= 0 ? index : throw new DemoException($"{path} has no column {name}: {lines[0]}");
        }
    }
}
