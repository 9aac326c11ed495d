package dev.muster.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

class ArrivalTest {

    private static final TrustedProxies PROXIES = new TrustedProxies(List.of("10.0.0.0/8", "fd00::/8", "192.0.2.7"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "198.51.100.1 | 203.0.113.9                  | 198.51.100.1",
                "10.1.1.1     | 203.0.113.9                  | 203.0.113.9",
                "10.1.1.1     | 6.6.6.6, 203.0.113.9         | 203.0.113.9",
                "10.1.1.1     | 6.6.6.6, 203.0.113.9, 10.2.2.2 | 203.0.113.9",
                "192.0.2.7    | 10.3.3.3, 10.2.2.2           | 10.3.3.3",
                "192.0.2.8    | 203.0.113.9                  | 192.0.2.8",
                "10.1.1.1     | 203.0.113.9, not-an-address  | 10.1.1.1",
                "10.1.1.1     | evil.example.org             | 10.1.1.1",
                "fd00:0:0:0:0:0:0:1 | 2001:db8:0:0:0:0:0:9   | 2001:db8:0:0:0:0:0:9"
            })
    void theClientIsTheFirstHopNobodyVouchesFor(String peer, String forwarded, String client) throws Exception {
        assertThat(PROXIES.clientOf(
                        request(peer).header("X-Forwarded-For", forwarded).build()))
                .isEqualTo(client);
    }

    @Test
    void aHeaderInSeveralLinesIsOneList() throws Exception {
        assertThat(PROXIES.clientOf(request("10.1.1.1")
                        .header("X-Forwarded-For", "6.6.6.6")
                        .header("X-Forwarded-For", "203.0.113.9")
                        .build()))
                .isEqualTo("203.0.113.9");
    }

    @Test
    void aThousandHopsAreNotWalked() throws Exception {
        assertThat(PROXIES.clientOf(request("10.1.1.1")
                        .header("X-Forwarded-For", "203.0.113.9" + ", 10.0.0.1".repeat(1000))
                        .build()))
                .isEqualTo("10.0.0.1");
    }

    @Test
    void onlyATrustedProxyMakesARequestSecure() throws Exception {
        assertThat(PROXIES.isSecure(
                        request("10.1.1.1").header("X-Forwarded-Proto", "https").build()))
                .isTrue();
        assertThat(PROXIES.isSecure(request("198.51.100.1")
                        .header("X-Forwarded-Proto", "https")
                        .build()))
                .isFalse();
        assertThat(PROXIES.isSecure(request("10.1.1.1").build())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "10.0.0.0/-1", "proxy.example.org", "", "::1/129", "10.0.0.0/x"})
    void aWrongNetworkIsAWrongSetting(String network) {
        assertThatThrownBy(() -> new TrustedProxies(List.of(network))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aTraceGoesOnWithANewSpan() {
        TraceContext trace = TraceContext.continuing("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        assertThat(trace.traceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
        assertThat(trace.spanId()).isNotEqualTo("b7ad6b7169203331");
        assertThat(trace.flags()).isEqualTo("01");
        assertThat(TraceContext.parsed("cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-later"))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
                "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\n"
            })
    void aMalformedTraceBeginsAnew(String header) {
        assertThat(TraceContext.parsed(header)).isEmpty();
        assertThat(TraceContext.parsed(TraceContext.continuing(header).header()))
                .isPresent();
    }

    @Test
    void sealsOpenForTheSameCallerAndKeyOnly() {
        KeySeal seal = KeySeal.of("user:ann", "k");
        byte[] sealed = seal.sealed("answer".getBytes());
        assertThat(seal.opened(sealed)).hasValueSatisfying(it -> assertThat(it).isEqualTo("answer".getBytes()));
        assertThat(KeySeal.of("user:ann", "k2").opened(sealed)).isEmpty();
        assertThat(KeySeal.of("user:bob", "k").opened(sealed)).isEmpty();
        sealed[sealed.length - 1] ^= 1;
        assertThat(seal.opened(sealed)).isEmpty();
        assertThat(seal.opened(new byte[3])).isEmpty();
        assertThat(seal.sealed("answer".getBytes())).isNotEqualTo(seal.sealed("answer".getBytes()));
    }

    private static MockServerHttpRequest.BaseBuilder<?> request(String peer) throws UnknownHostException {
        return MockServerHttpRequest.get("/x").remoteAddress(new InetSocketAddress(InetAddress.ofLiteral(peer), 1234));
    }
}
