using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Leasehold.UnitTests.Layout;

/// <summary>What an assembly references, read from its metadata without loading it.</summary>
internal static class AssemblyReferences
{
    /// <summary>The references that a list forbids.</summary>
    /// <param name="path">The assembly's file.</param>
    /// <param name="forbidden">"Namespace." for everything in it, "Namespace.Type" for a type, "Namespace.Type.Member" for a member, with "()" for one without parameters.</param>
    /// <param name="harmless">Exceptions, in the same forms.</param>
    public static IEnumerable<Finding> Forbidden(string path, IReadOnlyCollection<string> forbidden, IReadOnlyCollection<string> harmless)
    {
        using PEReader file = new(File.OpenRead(path));
        MetadataReader metadata = file.GetMetadataReader();
        List<Finding> findings = [];
        foreach (string reference in References(metadata).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            if (Matches(reference, forbidden) && !Matches(reference, harmless)) findings.Add(new(Path.GetFileName(path), 0, $"references {reference}"));
        }

        return findings;
    }

    // A type is looked at through its members, so that one member of it can be allowed; a type without any stands alone.
    private static IEnumerable<string> References(MetadataReader metadata)
    {
        HashSet<string> withMembers = new(StringComparer.Ordinal);
        foreach (MemberReferenceHandle handle in metadata.MemberReferences)
        {
            MemberReference member = metadata.GetMemberReference(handle);
            if (member.Parent.Kind != HandleKind.TypeReference) continue;
            string type = NameOf(metadata, (TypeReferenceHandle)member.Parent);
            withMembers.Add(type);
            bool takesNothing = member.GetKind() == MemberReferenceKind.Method && Parameters(metadata, member) == 0;
            yield return $"{type}.{metadata.GetString(member.Name)}{(takesNothing ? "()" : "")}";
        }

        foreach (TypeReferenceHandle handle in metadata.TypeReferences)
        {
            string type = NameOf(metadata, handle);
            if (!withMembers.Contains(type)) yield return type;
        }
    }

    // ECMA-335 II.23.2.2: calling convention, the number of type parameters when generic, the number of parameters.
    private static int Parameters(MetadataReader metadata, MemberReference member)
    {
        BlobReader signature = metadata.GetBlobReader(member.Signature);
        if (signature.ReadSignatureHeader().IsGeneric) signature.ReadCompressedInteger();
        return signature.ReadCompressedInteger();
    }

    private static string NameOf(MetadataReader metadata, TypeReferenceHandle handle)
    {
        TypeReference type = metadata.GetTypeReference(handle);
        string name = metadata.GetString(type.Name);
        if (type.ResolutionScope.Kind == HandleKind.TypeReference) return $"{NameOf(metadata, (TypeReferenceHandle)type.ResolutionScope)}.{name}";
        string space = metadata.GetString(type.Namespace);
        return space.Length == 0 ? name : $"{space}.{name}";
    }

    private static bool Matches(string reference, IEnumerable<string> patterns) => patterns.Any(pattern =>
        reference == pattern
        || $"{pattern}()" == reference
        || reference.StartsWith(pattern.EndsWith('.') ? pattern : $"{pattern}.", StringComparison.Ordinal));
}
