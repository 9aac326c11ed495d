package dev.muster.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.kernel.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressesTest {

    @ParameterizedTest
    @CsvSource({
        "192.168.0.1, 192.168.0.1",
        "0.0.0.0, 0.0.0.0",
        "255.255.255.255, 255.255.255.255",
        "::1, ::1",
        "::, ::",
        "1::, 1::",
        "2001:DB8:0:0:0:0:0:1, 2001:db8::1",
        "2001:0db8:0000:0000:0001:0000:0000:0001, 2001:db8::1:0:0:1",
        "1:0:2:3:4:5:6:7, 1:0:2:3:4:5:6:7",
        "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
        "0:0:1:0:0:0:2:3, 0:0:1::2:3",
        "::ffff:10.0.0.1, 10.0.0.1",
        "::FFFF:0a00:0001, 10.0.0.1",
        "::10.0.0.1, ::a00:1",
        "64:ff9b::192.0.2.33, 64:ff9b::c000:221",
        "1:2:3:4:5:6:1.2.3.4, 1:2:3:4:5:6:102:304",
        "fe80::1%eth0, fe80::1",
        "fe80::ABCD%1, fe80::abcd"
    })
    void anAddressHasOneNormalForm(String text, String normal) {
        assertThat(IpAddresses.normal(text)).isEqualTo(normal);
        assertThat(IpAddresses.normal(normal)).isEqualTo(normal);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "192.168.1",
                "localhost",
                "010.0.0.1",
                "10.0.0.1:80",
                "10.0.0.0/8",
                "[::1]",
                "256.0.0.1",
                "1.2.3.4.5",
                "1..2.3",
                " 10.0.0.1",
                "10.0.0.1%eth0",
                "+1.2.3.4",
                "١.2.3.4",
                ":",
                ":::",
                "1:::2",
                "1::2::3",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7::8",
                ":1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:",
                "12345::",
                "g::1",
                "-1::1",
                "::1.2.3.4:5",
                "::01.2.3.4",
                "1.2.3.4::",
                "fe80::1%",
                "fe80::1%a%b",
                "%eth0",
                "::0000000000000000000000000000000000000000000000000000000000000001"
            })
    void whatIsNoAddressIsRefused(String text) {
        assertThat(IpAddresses.normalOrNull(text)).isNull();
        assertThatThrownBy(() -> IpAddresses.normal(text)).isInstanceOfSatisfying(Refused.class, refused -> assertThat(
                        refused.refusal().code())
                .isEqualTo(ObserveRefusal.ADDRESS_INVALID.code()));
    }

    @Test
    void neverANameIsLookedUp() {
        assertThat(IpAddresses.normalOrNull("one.one.one.one")).isNull();
    }
}
