package dev.muster.ddi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TV-22 to TV-25: who is let in. TV-26 does not apply: there is no other way to be known on this wire. */
class AuthVectorsTest extends DdiVectors {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "GatewayToken wrong",
                "gatewaytoken %s",
                "GATEWAYTOKEN %s",
                "Bearer %s",
                "Basic ZGV2OnB3",
                "GatewayToken",
                "GatewayToken  "
            })
    void tv22WithoutGoodCredentialsNobodyComesIn(String authorization) {
        String id = knownDevice();

        Answer answer = poll(id, "Authorization", authorization.formatted(world.gatewayToken()));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void tv23ADevicesTokenIsGoodForThatDeviceOnly() {
        String token = "0123456789abcdef0123456789abcdef";
        String id = fresh("d");
        world.createDevice(id, token);
        String other = newDevice();
        String unknown = fresh("unknown");
        String header = "TargetToken " + token;

        assertThat(poll(id, "Authorization", header).status()).isEqualTo(200);
        assertThat(poll(other, "Authorization", header).status()).isEqualTo(401);
        assertThat(poll(unknown, "Authorization", header).status()).isEqualTo(401);
        assertThat(device(unknown)).isNull();
    }

    @Test
    void tv24ASchemeThatIsOffAcceptsNothing() {
        String token = "0123456789abcdef0123456789abcdef";
        String id = fresh("d");
        world.createDevice(id, token);
        settings("targetToken", false);
        assertThat(poll(id, "Authorization", "TargetToken " + token).status()).isEqualTo(401);
        assertThat(poll(id).status()).isEqualTo(200);

        settings("targetToken", true, "gatewayToken", false);
        assertThat(poll(id, "Authorization", "TargetToken " + token).status()).isEqualTo(200);
        assertThat(poll(id).status()).isEqualTo(401);
    }

    @Test
    void tv25AProxysWordOnTheCertificateCounts() {
        String id = newDevice();
        settings("certificateHeader", true, "authorities", List.of("HASH1;hash2,HASH3"));

        assertThat(certified(id, id, "X-Authority", "hash1")).isEqualTo(200);
        assertThat(certified(id, id, "X-Authority", "zz; HASH2")).isEqualTo(200);
        assertThat(certified(id, id, "X-Authority-0", "bad", "X-Authority-1", "hash1"))
                .isEqualTo(200);
        assertThat(certified(id, id, "X-Authority-1", "hash1")).isEqualTo(200);
        assertThat(certified(id, id, "X-Authority-2", "hash2")).isEqualTo(401);
        assertThat(certified(id, "other", "X-Authority", "hash1")).isEqualTo(401);
        assertThat(certified(id, id)).isEqualTo(401);
    }

    @Test
    void tv25bWithTheSchemeOffThoseHeadersAreAir() {
        String id = newDevice();

        assertThat(certified(id, id, "X-Authority", "hash1")).isEqualTo(401);
    }

    private int certified(String id, String claimed, String... authority) {
        String[] headers = new String[authority.length + 4];
        System.arraycopy(authority, 0, headers, 4, authority.length);
        headers[0] = "Authorization";
        headers[1] = "";
        headers[2] = "X-Controller-Id";
        headers[3] = claimed;
        return poll(id, headers).status();
    }
}
