package dev.muster.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceAddressesTest {

    @ParameterizedTest
    @CsvSource({"10.0.0.1,http://10.0.0.1", "2001:db8::1,http://[2001:db8::1]", "fe80::1%eth0,http://[fe80::1]"})
    void anAddressIsKeptAsAUri(String address, String kept) {
        assertThat(DeviceAddresses.kept(address, true)).isEqualTo(kept);
        assertThat(DeviceAddresses.host(kept)).isEqualTo(address.replaceFirst("%.*", ""));
    }

    @Test
    void whatMustNotBeKeptOrIsNotKnownIsHidden() {
        assertThat(DeviceAddresses.kept("10.0.0.1", false)).isEqualTo("http://***");
        assertThat(DeviceAddresses.kept(null, true)).isEqualTo("http://***");
    }

    @Test
    void aPortIsLeftOut() {
        assertThat(DeviceAddresses.host("http://10.0.0.1:8080")).isEqualTo("10.0.0.1");
        assertThat(DeviceAddresses.host("http://[::1]:8080")).isEqualTo("::1");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "http://***", "10.0.0.1", "http://[::1"})
    void anythingElseHasNoHost(@Nullable String kept) {
        assertThat(DeviceAddresses.host(kept)).isNull();
    }
}
