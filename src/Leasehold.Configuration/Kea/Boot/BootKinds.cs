using System.Collections.Immutable;

namespace Leasehold.Configuration.Kea;

/// <summary>How a boot client gets its file.</summary>
internal enum BootTransport
{
    /// <summary>By TFTP: from the boot server, by the fields siaddr and file.</summary>
    Tftp,

    /// <summary>By HTTP: the name is a URL, and the answer says that it is for HTTP boot.</summary>
    Http,

    /// <summary>A loader that runs already and can do both.</summary>
    Loader,

    /// <summary>Apple's Boot Service Discovery Protocol over INFORM.</summary>
    Apple,
}

/// <summary>A kind of client that boots over the network: a key of "boot".</summary>
/// <param name="Key">As it is written.</param>
/// <param name="Test">Who is of this kind, as an expression.</param>
/// <param name="Note">For the table of keys.</param>
internal sealed record BootKind(string Key, BootTransport Transport, string Test, string Note)
{
    /// <summary>Others of the kinds before are of this kind as well.</summary>
    public bool IsGeneral { get; init; }
}

/// <summary>The kinds, the most particular first: a client is of the first that fits.</summary>
internal static class BootKinds
{
    public static readonly ImmutableArray<BootKind> All =
    [
        new("ipxe", BootTransport.Loader, "substring(option[77].hex, 0, 4) == 'iPXE' or option[175].exists", "What iPXE loads once it runs: a script's name or URL."),
        new("apple", BootTransport.Apple, "substring(option[60].hex, 0, 9) == 'AAPLBSDPC'", "The loader for the firmware of Macs with an Intel processor, offered as the only image by BSDP."),

        // RFC 4578 §2.1, and what IANA added to "Processor Architecture Types".
        Http("uefi-http-ia32", "UEFI, 32 bits, HTTP boot", 0x0F),
        Http("uefi-http-x64", "UEFI, x86-64, HTTP boot", 0x10),
        Http("uefi-http-arm32", "UEFI, ARM 32 bits, HTTP boot", 0x12),
        Http("uefi-http-arm64", "UEFI, ARM 64 bits, HTTP boot", 0x13),
        Http("uefi-http-riscv64", "UEFI, RISC-V 64 bits, HTTP boot", 0x1C),
        Http("uefi-http-loongarch64", "UEFI, LoongArch 64 bits, HTTP boot", 0x28),
        Http("bios-http", "BIOS, HTTP boot", 0x14),
        Http("u-boot-http-arm32", "U-Boot, ARM 32 bits, HTTP boot", 0x17),
        Http("u-boot-http-arm64", "U-Boot, ARM 64 bits, HTTP boot", 0x18),
        Tftp("bios", "BIOS", 0x00),
        Tftp("uefi-ia32", "UEFI, 32 bits", 0x06),

        // RFC 4578 has 9 for x86-64 and 7 for byte code; IANA has it the other way round, and firmware has both.
        Tftp("uefi-x64", "UEFI, x86-64", 0x07, 0x09),
        Tftp("uefi-arm32", "UEFI, ARM 32 bits", 0x0A),
        Tftp("uefi-arm64", "UEFI, ARM 64 bits", 0x0B),
        Tftp("uefi-riscv64", "UEFI, RISC-V 64 bits", 0x1B),
        Tftp("uefi-loongarch64", "UEFI, LoongArch 64 bits", 0x27),
        Tftp("u-boot-arm32", "U-Boot, ARM 32 bits", 0x15),
        Tftp("u-boot-arm64", "U-Boot, ARM 64 bits", 0x16),
        Tftp("open-firmware", "PowerPC, Open Firmware", 0x0C),
        Tftp("opal", "POWER, OPAL", 0x0E),
        Tftp("s390", "s390", 0x1F, 0x20),
        Tftp("raspberry-pi", "Raspberry Pi, boot loader in ROM", 0x29),
        new("u-boot", BootTransport.Tftp, "substring(option[60].hex, 0, 6) == 'U-Boot'", "The file for U-Boot of any other architecture.") { IsGeneral = true },
        new("default", BootTransport.Tftp, "substring(option[60].hex, 0, 9) == 'PXEClient'", "The file for every other PXE client.") { IsGeneral = true },
    ];

    private static BootKind Tftp(string key, string name, params ReadOnlySpan<byte> architectures) =>
        new(key, BootTransport.Tftp, TestOf(architectures), $"The file for {name}.");

    private static BootKind Http(string key, string name, byte architecture) =>
        new(key, BootTransport.Http, TestOf([architecture]), $"The URL for {name}.");

    private static string TestOf(ReadOnlySpan<byte> architectures)
    {
        List<string> tests = [];
        foreach (byte architecture in architectures) tests.Add($"substring(option[93].hex, 0, 2) == 0x{architecture:x4}");
        return string.Join(" or ", tests);
    }
}
