package dev.muster.lab.power;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snmp4j.security.AuthHMAC128SHA224;
import org.snmp4j.security.AuthHMAC192SHA256;
import org.snmp4j.security.AuthHMAC256SHA384;
import org.snmp4j.security.AuthHMAC384SHA512;
import org.snmp4j.security.AuthMD5;
import org.snmp4j.security.AuthSHA;
import org.snmp4j.security.AuthenticationProtocol;
import org.snmp4j.security.PrivAES256;
import org.snmp4j.security.SecurityProtocols;
import org.snmp4j.smi.OctetString;

class KnownPassesTest {

    private static final byte[] ENGINE =
            OctetString.fromHexString("80:00:1f:88:80:aa:bb:cc:dd").getValue();

    static Stream<AuthenticationProtocol> protocols() {
        return Stream.of(
                new AuthMD5(),
                new AuthSHA(),
                new AuthHMAC128SHA224(),
                new AuthHMAC192SHA256(),
                new AuthHMAC256SHA384(),
                new AuthHMAC384SHA512());
    }

    @ParameterizedTest
    @MethodSource("protocols")
    void keysAreAsTheLibraryMakesThem(AuthenticationProtocol protocol) {
        KnownPasses known = new KnownPasses(protocol, "eight888", "a pass phrase with ümlauts", "");

        for (String pass : List.of("eight888", "a pass phrase with ümlauts", "an unknown one")) {
            OctetString octets = new OctetString(pass.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            assertThat(known.passwordToKey(octets, ENGINE)).isEqualTo(protocol.passwordToKey(octets, ENGINE));
            assertThat(SecurityProtocols.passwordToKey(new PrivAES256(), known, octets, ENGINE))
                    .isEqualTo(SecurityProtocols.passwordToKey(new PrivAES256(), protocol, octets, ENGINE));
        }
    }
}
