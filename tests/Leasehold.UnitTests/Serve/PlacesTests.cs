using Leasehold.Serve;
using Xunit;

namespace Leasehold.UnitTests.Serve;

public sealed class PlacesTests
{
    [Theory]
    [InlineData("", "/var/lib/leasehold/leases4.csv")]
    [InlineData("KEA_DHCP_DATA_DIR=/var/lib/kea", "/var/lib/kea/kea-leases4.csv")]
    [InlineData("LEASEHOLD_DATA_DIR=/data", "/data/leases4.csv")]
    [InlineData("LEASEHOLD_DATA_DIR=/data KEA_DHCP_DATA_DIR=/var/lib/kea", "/data/leases4.csv")]
    public void The_lease_file_is_where_the_environment_says(string environment, string file) => Assert.Equal(file, Of(environment).LeaseFile4);

    [Theory]
    [InlineData("", "/run/leasehold/leasehold-dhcp4.office.pid")]
    [InlineData("KEA_PIDFILE_DIR=/run/kea", "/run/kea/kea-dhcp4.office.pid")]
    [InlineData("LEASEHOLD_PIDFILE_DIR=/run/x KEA_PIDFILE_DIR=/run/kea", "/run/x/leasehold-dhcp4.office.pid")]
    [InlineData("LEASEHOLD_PIDFILE_DIR= KEA_PIDFILE_DIR=", "/run/leasehold/leasehold-dhcp4.office.pid")]
    public void The_process_id_file_is_named_after_the_configuration(string environment, string file) =>
        Assert.Equal(file, Of(environment).PidFile("dhcp4", "/etc/leasehold/office.json"));

    private static Places Of(string environment)
    {
        Dictionary<string, string> variables = environment.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(static v => v.Split('='))
            .ToDictionary(static v => v[0], static v => v[1], StringComparer.Ordinal);
        return new(name => variables.GetValueOrDefault(name));
    }
}
