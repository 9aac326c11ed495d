package dev.muster.updates;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionsTest {

    private static final List<String> PARTS = List.of(
            "0",
            "1",
            "2",
            "9",
            "10",
            "11",
            "99",
            "256",
            "65535",
            "65536",
            "70000",
            "007",
            "00",
            "",
            "x",
            "v1",
            "1a",
            "18446744073709551616");
    private static final List<String> IDENTIFIERS =
            List.of("0", "1", "2", "10", "01", "alpha", "beta2", "rc1", "rc2", "rc10", "-", "11-g8c926e5", "", "a_b");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "1",
                "1.2",
                "1.2.3",
                "1.2.3.4",
                "1.2.3.4.5",
                "1.2.3.4.x",
                "65535.65535.65535.65535",
                "0.0.0.1",
                "0.0.0",
                "1-rc1",
                "1.2-rc1",
                "70000",
                "8.8.1-11-g8c926e5+188370",
                "8.8.1-12-g302f635+189128",
                "1.0.0-beta2+build20",
                "01.2.3"
            })
    void theseCanBeRead(String version) {
        assertThat(Versions.isValid(version)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "abc",
                "0.0.0.0",
                "0.0.0.0.7",
                "v1.2.3",
                "1.2.3.65536",
                "1.2.3.-4",
                "1.2.3.4-rc1",
                "1..2",
                "1.",
                "1.2.3-",
                "1.2.3+",
                "1.2.3-rc_1",
                "1.2.3-01",
                "01.2.3-rc1",
                " 1.2.3",
                "1.2.3\n"
            })
    void theseCannot(String version) {
        assertThat(Versions.isValid(version)).isFalse();
    }

    @Test
    void aTextOfEndlessLengthIsNoVersion() {
        assertThat(Versions.isValid("1" + "0".repeat(254))).isTrue();
        assertThat(Versions.isValid("1" + "0".repeat(255))).isFalse();
        assertThat(Versions.isValid("1-" + "a-".repeat(100_000) + "!")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "1.2.3.4, 1.2.3.4.5",
        "1, 1.0.0+build20",
        "1, 1.0",
        "1.0, 1.0.0",
        "1.0.0, 1.0.0.0",
        "1.0.0-rc1+a, 1.0.0-rc1+b",
        "01.02, 1.2",
        "0, 0.0.0"
    })
    void theseAreEqual(String one, String other) {
        assertThat(Versions.ORDER.compare(one, other)).isZero();
        assertThat(Versions.ORDER.compare(other, one)).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "1.0.0-beta2+build20, 1.0.0-rc2+build77",
        "1.0.0-rc2+build77, 1",
        "1.9, 1.10",
        "1.2.3, 1.2.3.4",
        "9.0.0.0, 10.0.0.0",
        "8.8.1-11-g8c926e5+188370, 8.8.1-12-g302f635+189128",
        "1.0.0-1, 1.0.0-alpha",
        "1.0.0-2, 1.0.0-10",
        "1.0.0-alpha, 1.0.0-alpha.1",
        "65536, 70000",
        "65535, 65536",
        "99999999999999999999, 100000000000000000000",
        "0, 0.0.0.1",
        "abc, abd",
        "1.2.3-beta, 1.2.3.4",
        "zzz, 0"
    })
    void theseAreInOrder(String lesser, String greater) {
        assertThat(Versions.ORDER.compare(lesser, greater)).isNegative();
        assertThat(Versions.ORDER.compare(greater, lesser)).isPositive();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void theOrderIsTotalOverWhateverIsWritten(long seed) {
        List<String> texts = texts(new Random(seed), 150);
        int[][] order = compared(texts);
        for (int a = 0; a < order.length; a++) {
            assertThat(order[a][a]).isZero();
            for (int b = 0; b < order.length; b++) {
                assertThat(order[a][b])
                        .as("%s and %s", texts.get(a), texts.get(b))
                        .isEqualTo(-order[b][a]);
                for (int c = 0; c < order.length; c++) {
                    if (order[a][b] <= 0 && order[b][c] <= 0 && order[a][c] > 0) {
                        throw new AssertionError(texts.get(a) + " <= " + texts.get(b) + " <= " + texts.get(c));
                    }
                    if (order[a][b] == 0 && order[a][c] != order[b][c]) {
                        throw new AssertionError(texts.get(a) + " = " + texts.get(b) + ", but not to " + texts.get(c));
                    }
                }
            }
        }
    }

    /** Within texts that all are numeric, all semantic, or all neither, it is the clients' own rule. */
    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16})
    void amongTextsOfOneKindItIsTheClientsOrder(long seed) {
        List<String> texts = texts(new Random(seed), 400);
        List<List<String>> kinds = List.of(
                texts.stream()
                        .filter(each -> SwupdateVersion.numeric(each) != null)
                        .toList(),
                texts.stream()
                        .filter(each -> SwupdateVersion.semantic(each) != null)
                        .toList(),
                texts.stream().filter(each -> !SwupdateVersion.isValid(each)).toList());
        for (List<String> kind : kinds) {
            assertThat(kind).as("the texts are of all kinds").hasSizeGreaterThan(20);
            for (String a : kind) {
                for (String b : kind) {
                    assertThat(Integer.signum(Versions.ORDER.compare(a, b)))
                            .as("%s and %s", a, b)
                            .isEqualTo(Integer.signum(SwupdateVersion.compare(a, b)));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24})
    void validIsWhatTheClientsCanRead(long seed) {
        for (String each : texts(new Random(seed), 1000)) {
            assertThat(Versions.isValid(each)).as(each).isEqualTo(SwupdateVersion.isValid(each));
        }
    }

    /** What the clients' rule does to mixed sets, and ours does not: each of the three beats the next. */
    @Test
    void theClientsRuleGoesInCirclesWhereOursDoesNot() {
        assertThat(SwupdateVersion.compare("1.10.0.0", "1.9.0.0")).isPositive();
        assertThat(SwupdateVersion.compare("1.9.0.0", "1.2.0-rc1")).isPositive();
        assertThat(SwupdateVersion.compare("1.2.0-rc1", "1.10.0.0")).isPositive();

        assertThat(List.of("1.10.0.0", "1.2.0-rc1", "1.9.0.0").stream().sorted(Versions.ORDER))
                .containsExactly("1.2.0-rc1", "1.9.0.0", "1.10.0.0");
    }

    private static int[][] compared(List<String> texts) {
        int[][] order = new int[texts.size()][texts.size()];
        for (int a = 0; a < texts.size(); a++) {
            for (int b = 0; b < texts.size(); b++) {
                order[a][b] = Integer.signum(Versions.ORDER.compare(texts.get(a), texts.get(b)));
            }
        }
        return order;
    }

    /** Versions, nearly versions and no versions, many of them close to each other. */
    private static List<String> texts(Random random, int count) {
        Set<String> texts = new LinkedHashSet<>();
        while (texts.size() < count) {
            texts.add(text(random));
        }
        return new ArrayList<>(texts);
    }

    private static String text(Random random) {
        int parts = 1 + random.nextInt(5);
        List<String> core = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            core.add(random.nextInt(4) == 0 ? any(random, PARTS) : Integer.toString(random.nextInt(12)));
        }
        StringBuilder text = new StringBuilder(String.join(".", core));
        if (random.nextInt(3) == 0) {
            text.append('-').append(identifiers(random));
        }
        if (random.nextInt(5) == 0) {
            text.append('+').append(identifiers(random));
        }
        return text.toString();
    }

    private static String identifiers(Random random) {
        List<String> all = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            all.add(any(random, IDENTIFIERS));
        }
        return String.join(".", all);
    }

    private static String any(Random random, List<String> from) {
        return from.get(random.nextInt(from.size()));
    }
}
