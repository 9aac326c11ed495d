package dev.muster.wamp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The far end of an agent's connection to a {@link LiveRouter}, without a socket: what it says and hears is JSON, as
 * the contract has it. Used by the one thread of a test.
 */
public final class AgentWire implements Link {

    public static final JsonMapper JSON = JsonMapper.shared();
    /** Longer than anything that is answered in the end. */
    private static final long WAIT_SECONDS = 20;

    private final Router router;
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    /** On the router's thread alone. */
    private @Nullable Conversation conversation;

    private long requests = 1_000;

    private AgentWire(Router router) {
        this.router = router;
    }

    /** One that has said nothing yet. */
    static AgentWire connect(Router router) {
        AgentWire wire = new AgentWire(router);
        router.loop().execute(() -> wire.conversation = router.connected(wire));
        return wire;
    }

    @Override
    public boolean offer(Outgoing message) {
        heard.add(new String(message.bytes(Codec.JSON), StandardCharsets.UTF_8));
        return true;
    }

    @Override
    public void end() {
        // What was said last is heard first.
    }

    /** Signs in (G-1 to G-5). */
    public AgentWire signsIn(String authid, String secret) {
        says("[1,\"realm1\",{\"authid\":\"" + authid + "\",\"authmethods\":[\"wampcra\"],\"roles\":"
                + TestRouter.AGENT_ROLES + "}]");
        JsonNode challenge = nextNode();
        assertThat(challenge.path(0).asInt(0)).as("%s", challenge).isEqualTo(4);
        says("[5,\""
                + Wampcra.signature(secret, challenge.path(2).path("challenge").asString("")) + "\",{}]");
        JsonNode welcome = nextNode();
        assertThat(welcome.path(0).asInt(0)).as("%s", welcome).isEqualTo(2);
        return this;
    }

    /** As the socket does it. */
    public AgentWire says(String json) {
        router.loop().execute(() -> {
            Conversation open = conversation;
            if (open == null) {
                throw new IllegalStateException("there is no connection");
            }
            try {
                open.heard(WireForm.read(Codec.JSON.read(json.getBytes(StandardCharsets.UTF_8))));
            } catch (ProtocolViolation e) {
                open.violated(e.text());
            }
        });
        return this;
    }

    /** The connection is gone. */
    public void breaksOff() {
        router.loop().execute(() -> {
            Conversation open = conversation;
            if (open != null) {
                router.left(open);
            }
        });
    }

    /** The next thing that it hears. */
    public String next() {
        try {
            String frame = heard.poll(WAIT_SECONDS, TimeUnit.SECONDS);
            if (frame == null) {
                throw new AssertionError("nothing was said");
            }
            return frame;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    public JsonNode nextNode() {
        return JSON.readTree(next());
    }

    /** The next thing is this, whatever the order of members. */
    public AgentWire hears(String json) {
        String frame = next();
        assertThat((Object) JSON.readTree(frame)).as(frame).isEqualTo(JSON.readTree(json));
        return this;
    }

    /** The next thing is the ERROR of this call. */
    public String hearsError(long call) {
        String frame = next();
        assertThat(frame).startsWith("[8,48," + call + ",{},\"wamp.error.");
        return frame;
    }

    /** Registers, as agents do it; the number of the registration. */
    public long registers(String procedure) {
        long request = ++requests;
        says("[64," + request + ",{\"force_reregister\":true},\"" + procedure + "\"]");
        return numbered(65, request);
    }

    /** Subscribes; the number of the subscription. */
    public long subscribes(String topic) {
        long request = ++requests;
        says("[32," + request + ",{},\"" + topic + "\"]");
        return numbered(33, request);
    }

    private long numbered(int type, long request) {
        JsonNode answer = nextNode();
        assertThat(answer.path(0).asInt(0)).as("%s", answer).isEqualTo(type);
        assertThat(answer.path(1).asLong(0)).as("%s", answer).isEqualTo(request);
        return answer.path(2).asLong(0);
    }
}
