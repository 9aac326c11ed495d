package dev.muster.wamp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The far end of a connection to a {@link TestRouter}, without a socket: what it says and hears is JSON. */
final class Peer implements Link {

    static final JsonMapper JSON = JsonMapper.builder().build();

    private final Router router;
    final Deque<String> heard = new ArrayDeque<>();
    Conversation conversation;
    long session;
    /** Takes no events, or nothing at all. */
    boolean takesNoEvents;

    boolean takesNothing;
    boolean isEnded;
    private long requests;

    Peer(Router router) {
        this.router = router;
    }

    @Override
    public boolean offer(Outgoing message) {
        if (takesNothing || (takesNoEvents && message.isDroppable())) {
            return false;
        }
        assertThat(isEnded).as("something after the end").isFalse();
        heard.add(new String(message.bytes(Codec.JSON), StandardCharsets.UTF_8));
        return true;
    }

    @Override
    public void end() {
        isEnded = true;
    }

    /** As the socket does it. */
    Peer says(String json) {
        router.loop().execute(() -> {
            try {
                conversation.heard(WireForm.read(Codec.JSON.read(json.getBytes(StandardCharsets.UTF_8))));
            } catch (ProtocolViolation e) {
                conversation.violated(e.text());
            }
        });
        return this;
    }

    /** The connection is gone. */
    void breaksOff() {
        router.loop().execute(() -> router.left(conversation));
    }

    /** The next thing that it heard. */
    String next() {
        assertThat(heard).as("nothing was said").isNotEmpty();
        return heard.removeFirst();
    }

    JsonNode nextNode() {
        return JSON.readTree(next());
    }

    Peer hears(String json) {
        assertThat(next()).isEqualTo(json);
        return this;
    }

    void hearsNothing() {
        assertThat(heard).isEmpty();
    }

    /** Subscribes; the number of the subscription. */
    long subscribe(String topic, String options) {
        says("[32," + ++requests + "," + options + ",\"" + topic + "\"]");
        JsonNode answer = nextNode();
        assertThat(answer.get(0).asInt()).as("answer: %s", answer).isEqualTo(33);
        return answer.get(2).asLong();
    }

    /** Registers; the number of the registration. */
    long register(String procedure, String options) {
        says("[64," + ++requests + "," + options + ",\"" + procedure + "\"]");
        JsonNode answer = nextNode();
        assertThat(answer.get(0).asInt()).as("answer: %s", answer).isEqualTo(65);
        return answer.get(2).asLong();
    }

    /** Calls something that the router answers at once; its arguments. */
    String ask(String procedure, String args) {
        long request = ++requests + 1_000_000;
        says("[48," + request + ",{},\"" + procedure + "\"," + args + "]");
        String answer = next();
        String begin = "[50," + request + ",{}";
        assertThat(answer).startsWith(begin);
        return answer.equals(begin + "]") ? "" : answer.substring(begin.length() + 1, answer.length() - 1);
    }
}
