package dev.muster.updates.ddi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.muster.testing.Changed;
import dev.muster.updates.ddi.FloodFilter.Verdict;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {

    private static final InetAddress LOOPBACK = address("127.0.0.1");
    private static final InetAddress OUTSIDE = address("203.0.113.9");

    private static InetAddress address(String text) {
        return NetUtil.createInetAddressFromIpAddressString(text);
    }

    private static FloodFilter filter(int reads, int writes, List<String> blackList) {
        return new FloodFilter(Changed.copy(
                DdiSettings.DEFAULTS,
                "readsPerSecond",
                reads,
                "writesPerSecond",
                writes,
                "exempt",
                List.of("127.0.0.0/8"),
                "blackList",
                blackList));
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8,10.255.1.2,true",
        "10.0.0.0/8,11.0.0.1,false",
        "172.16.0.0/12,172.31.0.1,true",
        "172.16.0.0/12,172.32.0.1,false",
        "192.168.,192.168.7.1,true",
        "192.168.,192.169.7.1,false",
        "192.168.1.5,192.168.1.5,true",
        "192.168.1.5,192.168.1.6,false",
        "fc00::/7,fd12::1,true",
        "fc00::/7,fe80::1,false",
        "::1,::1,true",
        "0.0.0.0/0,8.8.8.8,true",
        "0.0.0.0/0,::1,false"
    })
    void rangesHoldWhatTheySay(String range, String address, boolean contained) {
        assertThat(new AddressRanges(List.of(range)).contains(address(address))).isEqualTo(contained);
    }

    @ParameterizedTest
    @ValueSource(strings = {"example.org", "10.0.0.0/33", "10.0.0.0/x", "", "300.1.", "::1/200"})
    void whatIsNoRangeIsRefused(String range) {
        assertThatIllegalArgumentException().isThrownBy(() -> new AddressRanges(List.of(range)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "192.168.0.4 , 10.0.0.1|192.168.0.4",
                "unknown, 10.0.0.1|10.0.0.1",
                "[2001:db8::1]|2001:db8:0:0:0:0:0:1",
                "example.org|",
                ",,,|"
            })
    void theFirstValidAddressOfAListCounts(String header, String expected) {
        InetAddress found = ClientAddress.forwarded(header);

        assertThat(found == null ? null : found.getHostAddress()).isEqualTo(expected);
    }

    @Test
    void addressesAreWrittenAsRegistriesDo() {
        assertThat(ClientAddress.uri(LOOPBACK, true)).isEqualTo("http://127.0.0.1");
        assertThat(ClientAddress.uri(address("2001:db8::1"), true)).isEqualTo("http://[2001:db8:0:0:0:0:0:1]");
        assertThat(ClientAddress.uri(LOOPBACK, false)).isEqualTo("http://***");
    }

    @Test
    void tv111TheEleventhReadInASecondIsTooMuch() {
        FloodFilter filter = filter(10, 5, List.of());
        for (int i = 0; i < 10; i++) {
            assertThat(filter.judge(OUTSIDE, null, true, 1000 + i)).isEqualTo(Verdict.PASS);
        }

        assertThat(filter.judge(OUTSIDE, null, true, 1900)).isEqualTo(Verdict.FLOODED);
        assertThat(filter.judge(OUTSIDE, null, true, 2000)).isEqualTo(Verdict.PASS);
    }

    @Test
    void tv111bNineInElevenTenthsOfASecondNeverAre() {
        FloodFilter filter = filter(10, 5, List.of());
        for (int round = 0; round < 50; round++) {
            for (int i = 0; i < 9; i++) {
                assertThat(filter.judge(OUTSIDE, null, true, 10_000 + round * 1100 + i * 120))
                        .isEqualTo(Verdict.PASS);
            }
        }
    }

    @Test
    void tv111cExemptAddressesAreNeverTooMany() {
        FloodFilter filter = filter(10, 5, List.of());
        for (int i = 0; i < 1000; i++) {
            assertThat(filter.judge(LOOPBACK, null, true, 1000)).isEqualTo(Verdict.PASS);
        }
    }

    @Test
    void aClaimedAddressCostsButBuysNothing() {
        FloodFilter filter = filter(10, 5, List.of());
        for (int i = 0; i < 10; i++) {
            filter.judge(OUTSIDE, address("127.0.0.1"), true, 1000);
        }
        assertThat(filter.judge(OUTSIDE, address("127.0.0.1"), true, 1000)).isEqualTo(Verdict.FLOODED);

        for (int i = 0; i < 10; i++) {
            filter.judge(LOOPBACK, address("10.0.0.1"), true, 1000);
        }
        assertThat(filter.judge(LOOPBACK, address("10.0.0.1"), true, 1000)).isEqualTo(Verdict.FLOODED);
        assertThat(filter.judge(LOOPBACK, address("10.0.0.2"), true, 1000)).isEqualTo(Verdict.PASS);
    }

    @Test
    void readsAndWritesAreCountedApart() {
        FloodFilter filter = filter(10, 5, List.of());
        for (int i = 0; i < 5; i++) {
            assertThat(filter.judge(OUTSIDE, null, false, 1000)).isEqualTo(Verdict.PASS);
        }
        assertThat(filter.judge(OUTSIDE, null, false, 1000)).isEqualTo(Verdict.FLOODED);
        assertThat(filter.judge(OUTSIDE, null, true, 1000)).isEqualTo(Verdict.PASS);
    }

    @Test
    void tv112TheBlackListedAreSentAway() {
        FloodFilter filter = filter(10, 5, List.of("192.168."));

        assertThat(filter.judge(LOOPBACK, ClientAddress.forwarded("192.168.0.4 , 10.0.0.1"), true, 1))
                .isEqualTo(Verdict.BLACK_LISTED);
        assertThat(filter.judge(address("192.168.9.9"), address("10.0.0.1"), true, 1))
                .isEqualTo(Verdict.BLACK_LISTED);
        assertThat(filter.judge(LOOPBACK, address("10.0.0.1"), true, 1)).isEqualTo(Verdict.PASS);
    }

    @Test
    void manyAddressesDoNotFillTheMemory() {
        FloodFilter filter = filter(10, 5, List.of());
        for (int i = 0; i < 200_000; i++) {
            assertThat(filter.judge(
                            address("20." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255)), null, true, 1000))
                    .isEqualTo(Verdict.PASS);
        }
    }
}
