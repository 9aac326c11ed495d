package dev.muster.lab.wire;

import static dev.muster.lab.wire.BitelabHouse.ANN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The framing of {@code bitelab.exec.v1} (contract §5.2) with real programs. */
class ExecTest {

    private final BitelabHouse house = new BitelabHouse();

    @BeforeEach
    void reserve() {
        house.lab.reserved("bare", "user:ann");
    }

    @AfterEach
    void close() {
        house.close();
    }

    private TestSocket ordered(String json) {
        TestSocket socket = house.open("/board/bare/exec/ws", ANN, ExecTalk.PROTOCOL);
        assertThat(socket.socket.getSubprotocol()).isEqualTo(ExecTalk.PROTOCOL);
        socket.say(json);
        return socket;
    }

    private static String exec(String... args) {
        return Members.JSON.writeValueAsString(Map.of("cmd", "exec", "args", List.of(args)));
    }

    @Test
    void outputErrorsAndExitCodeComeApartAndInOrder() {
        TestSocket socket = ordered(exec("sh", "-c", "echo out; echo err >&2; exit 3"));

        assertThat(socket.closeCode()).isEqualTo(1000);
        assertThat(socket.texts).containsExactly("{\"status\":\"started\"}", "{\"exit\":{\"code\":3}}");
        assertThat(socket.stream(1)).isEqualTo("out\n");
        assertThat(socket.stream(2)).isEqualTo("err\n");
        assertThat(socket.messages).contains(new byte[] {1}, new byte[] {2});
    }

    @Test
    void inputReachesTheProgramAndEnds() {
        TestSocket socket = ordered(exec("cat"));
        socket.send(0, "one ");
        socket.send(0, "two");
        await().until(() -> socket.stream(1).equals("one two"));

        socket.send(new byte[] {0});

        assertThat(socket.closeCode()).isEqualTo(1000);
        assertThat(socket.texts.getLast()).isEqualTo("{\"exit\":{\"code\":0}}");
    }

    @Test
    void theCommandLineIsThePrefixThenTheWordsAndNoShellSeesIt() {
        TestSocket socket = ordered(exec("printf", "%s|", "a b", "$HOME", ";ls"));

        assertThat(socket.closeCode()).isEqualTo(1000);
        assertThat(socket.stream(1)).isEqualTo("a b|$HOME|;ls|");
        assertThat(house.processes.started.getLast().argv())
                .containsExactly("/usr/bin/env", "printf", "%s|", "a b", "$HOME", ";ls");
    }

    @Test
    void variablesAndDirectoryAreSetInsideTheEnvironmentOnly() {
        TestSocket socket = ordered("{\"cmd\":\"exec\",\"args\":[\"sh\",\"-c\",\"echo $A; pwd\"],"
                + "\"env\":{\"A\":\"1 2\",\"LD_PRELOAD\":\"\"},\"cwd\":\"/usr\"}");

        assertThat(socket.closeCode()).isEqualTo(1000);
        assertThat(socket.stream(1)).isEqualTo("1 2\n/usr\n");
        FakeProcesses.Started started = house.processes.started.getLast();
        assertThat(started.env()).isEmpty();
        assertThat(started.directory()).isNull();
        assertThat(started.argv()).startsWith("/usr/bin/env", "env", "-C", "/usr", "A=1 2", "LD_PRELOAD=");
    }

    @Test
    void aTerminalIsAskedForResizedAndHasOneStreamOnly() {
        TestSocket socket =
                ordered("{\"cmd\":\"exec\",\"args\":[\"cat\"],\"pty\":{\"term\":\"vt100\",\"cols\":100,\"rows\":30}}");
        socket.json(0);
        assertThat(house.processes.started.getLast().terminal())
                .isEqualTo(new dev.muster.lab.BoardProcesses.Terminal("vt100", 100, 30));

        socket.say("{\"cmd\":\"resize\",\"cols\":120,\"rows\":40}");
        await().until(() -> house.processes.heard.contains("120x40"));
        socket.send(new byte[] {0});

        assertThat(socket.closeCode()).isEqualTo(1000);
        assertThat(socket.messages).noneMatch(each -> each[0] == 2);
    }

    @Test
    void signalsReachTheProgramAndAreSaidAtTheEnd() {
        TestSocket socket = ordered(exec("sleep", "60"));
        socket.json(0);

        socket.say("{\"cmd\":\"signal\",\"name\":\"KILL\"}");

        assertThat(socket.closeCode()).isEqualTo(1000);
        assertThat(socket.texts.getLast()).isEqualTo("{\"exit\":{\"signal\":\"KILL\"}}");
    }

    @Test
    void whatIsNotUnderstoodIsAnsweredAndTheConnectionStays() {
        TestSocket socket = ordered(exec("cat"));
        socket.json(0);
        List<String> odd = List.of(
                "{\"cmd\":\"dance\"}",
                "{}",
                "no json",
                "{\"cmd\":\"signal\",\"name\":\"HUP\"}",
                "{\"cmd\":\"resize\",\"cols\":1,\"rows\":1}",
                exec("cat"));
        for (int i = 0; i < odd.size(); i++) {
            socket.say(odd.get(i));
            assertThat(socket.json(i + 1).has("error")).as(odd.get(i)).isTrue();
        }
        assertThat(socket.json(1).path("code").asString()).isEqualTo("unknown-cmd");
        socket.send(new byte[] {9, 9});
        assertThat(socket.json(odd.size() + 1).has("error")).isTrue();

        socket.send(0, "still here");
        await().until(() -> socket.stream(1).equals("still here"));
    }

    @Test
    void ordersThatAreNoneAndProgramsThatAreNotThereEndIt() {
        for (String order : List.of(
                "{\"cmd\":\"exec\"}",
                "{\"cmd\":\"exec\",\"args\":[]}",
                "{\"cmd\":\"exec\",\"args\":[7]}",
                "{\"cmd\":\"exec\",\"args\":[\"\"]}",
                "{\"cmd\":\"exec\",\"args\":[\"a\"],\"env\":{\"BAD NAME\":\"x\"}}",
                "{\"cmd\":\"exec\",\"args\":[\"a=b\"],\"env\":{\"A\":\"x\"}}",
                "{\"cmd\":\"exec\",\"args\":[\"a\"],\"pty\":{\"cols\":-1}}")) {
            TestSocket socket = ordered(order);
            assertThat(socket.closeCode()).as(order).isEqualTo(4500);
            assertThat(socket.json(0).path("status").asString()).isEqualTo("error");
            assertThat(socket.json(0).path("code").asString()).isEqualTo("bad-value");
        }
        assertThat(house.processes.started).isEmpty();

        house.lab.environment = new dev.muster.lab.Environment(Map.of(), List.of("/no/such"), List.of(), Map.of());
        house.lab.reserved("bare", "user:ann");
        TestSocket socket = ordered(exec("true"));
        assertThat(socket.closeCode()).isEqualTo(4500);
        assertThat(socket.json(0).path("code").asString()).isEqualTo("setup-failed");
    }

    @Test
    void whoOrdersNothingIsSentAway() {
        TestSocket socket = house.open("/board/bare/exec/ws", ANN, ExecTalk.PROTOCOL);

        assertThat(socket.closeCode()).isEqualTo(4500);
        assertThat(socket.json(0).path("code").asString()).isEqualTo("too-slow");
    }

    @Test
    void aClientThatGoesTakesItsProgramAlong() {
        TestSocket socket = ordered(exec("sleep", "60"));
        socket.json(0);

        socket.socket.abort();

        await().until(() -> house.processes.isEnded && house.openChannels() == 0);
    }
}
