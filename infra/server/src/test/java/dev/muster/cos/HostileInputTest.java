package dev.muster.cos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cos.RawHttp.Answer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What somebody with bad intentions sends is refused with a 4xx in JSON, and leaves nothing behind. */
class HostileInputTest extends CosVectors {

    private void refused(String path, String body) {
        Answer answer = post(path, body);
        String what = path + " " + body.substring(0, Math.min(80, body.length()));
        assertThat(answer.status()).as(what + ": " + answer.text()).isBetween(400, 499);
        assertThat(answer.json().isContainer()).as(what).isTrue();
    }

    private static String rules(String yaml) {
        return JsonMapper.shared().writeValueAsString(Map.of("uid", "x", "rules", yaml));
    }

    @Test
    void aliasBombsAreDefused() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            String before = "*a" + (i - 1);
            bomb.append("a").append(i).append(": &a").append(i).append(" [");
            bomb.append((before + ", ").repeat(8)).append(before).append("]\n");
        }
        leavesNothingBehind(() -> {
            refused(P, rules(bomb.toString()));
            refused(P, rules("a: &a\n  b: *a\n"));
            refused(P, rules("a: ".repeat(500) + "1"));
            refused(P, rules("[".repeat(100_000)));
            refused(P, rules("a: " + "{a: ".repeat(10_000) + "1" + "}".repeat(10_000)));
            refused(P, rules("a: !!python/object/apply:os.system ['true']"));
            refused(P, rules("a: !!java.net.URL ['http://127.0.0.1/']"));
            refused(L, rules("---\na: 1\n---\nb: 2\n"));
            refused(L, rules("a: " + "x".repeat(1 << 20)));
        });
    }

    @Test
    void deepAndLargeJsonIsRefused() {
        leavesNothingBehind(() -> {
            String deep = "[".repeat(100_000) + "]".repeat(100_000);
            refused(D, deep);
            refused(D, "{\"uid\":" + deep + ",\"address\":\"::1\"}");
            refused(D, "{\"x\":" + deep + "}");
            refused(G, "{\"uid\":\"x\",\"dashboard\":{\"a\":" + deep + "}}");
            refused(G, "{\"uid\":\"x\",\"dashboard\":\"{\\\"a\\\":" + deep + "}\"}");
            refused(D, "{\"uid\":\"x\",\"address\":\"::1\",\"y\":\"" + "z".repeat(10 << 20) + "\"}");
            refused(D, "{\"uid\":" + "9".repeat(1_000_000) + ",\"address\":\"::1\"}");
            refused(G, "{\"uid\":\"x\",\"dashboard\":{\"a\":" + "9".repeat(1_000_000) + "}}");
            refused(G, "{\"uid\":\"x\",\"dashboard\":\"" + "z".repeat(10 << 20) + "\"}");
            refused(G, "{\"uid\":\"x\",\"dashboard\":{\"a\":\"" + "z".repeat(33 << 20) + "\"}}");
        });
    }

    @Test
    void markupAndSlashesAreNoNames() {
        leavesNothingBehind(() -> {
            for (String name : new String[] {
                "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "a/b", "..", "/", "a\\u0000b", "\\ud800"
            }) {
                refused(D, device(name, "10.0.0.1"));
                refused(G, "{\"uid\":\"" + name + "\",\"dashboard\":{}}");
                refused(P, "{\"uid\":\"" + name + "\",\"rules\":\"a: 1\"}");
            }
            for (String address : new String[] {"<b>", "10.0.0.1<script>", "javascript:alert(1)", "::1%<b>/"}) {
                refused(D, device("x", address));
            }
        });
        assertThat(get("/cos/devices/%3Cscript%3Ealert(1)%3C%2Fscript%3E").text())
                .doesNotContain("<script");
        assertThat(get("/cos/devices/%3Cscript%3E").text()).doesNotContain("<script");
    }

    @Test
    void bytesThatAreNoTextAreRefused() {
        leavesNothingBehind(() -> {
            byte[] body = "{\"uid\":\"a?\",\"address\":\"::1\"}".getBytes(StandardCharsets.UTF_8);
            body[9] = (byte) 0xff;
            Answer answer = world.http.send("POST", D, body, "Content-Type", "application/json");
            assertThat(answer.status()).isEqualTo(400);
            byte[] zeros = new byte[1000];
            assertThat(world.http
                            .send("POST", D, zeros, "Content-Type", "application/json")
                            .status())
                    .isEqualTo(400);
            Arrays.fill(zeros, (byte) '{');
            assertThat(world.http
                            .send("POST", D, zeros, "Content-Type", "application/json")
                            .status())
                    .isEqualTo(400);
        });
    }

    @Test
    void privateKeysNeverEnterHistory() {
        robot();
        String key = "-----BEGIN RSA PRIVATE KEY-----\\nMIIE\\n-----END RSA PRIVATE KEY-----";
        long before = world.lastEvent();
        leavesNothingBehind(() -> {
            refused(D, "{\"uid\":\"k\",\"address\":\"::1\",\"public_ssh_key\":\"" + key + "\"}");
            refused(D + "robot-1/certificate/", "{\"csr\":\"" + key + "\"}");
        });
        assertThat(world.since(before)).noneMatch(it -> it.toString().contains("MIIE"));
    }
}
