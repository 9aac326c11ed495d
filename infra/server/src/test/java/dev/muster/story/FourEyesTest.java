package dev.muster.story;

import static dev.muster.story.RolloutStory.PATIENCE;
import static dev.muster.story.RolloutStory.path;
import static dev.muster.story.RolloutStory.plan;
import static dev.muster.story.RolloutStory.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.story.Person.Token;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A rollout that needs a second person's agreement, told with people who have passwords, sessions and tokens. */
class FourEyesTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String APPROVE = "updates.ApproveRollout";
    private static final String DENY = "updates.DenyRollout";
    private static final String OWN = "updates.rollout-approval-own";
    private static final String STATE = "updates.rollout-state";

    private static RolloutStory story;
    private static String release;
    private static Person ann;
    private static Person rita;
    private static Person olaf;
    private static Person ada;

    @BeforeAll
    static void aServerWithPeople() {
        story = RolloutStory.begun();
        release = story.release("os", "1.0.0");
        ann = Person.joined(story.server, "ann", "release-manager");
        rita = Person.joined(story.server, "rita", "release-manager");
        olaf = Person.joined(story.server, "olaf", "operator");
        ada = Person.joined(story.server, "ada", "admin");
    }

    @AfterAll
    static void stop() {
        if (story != null) {
            story.close();
        }
    }

    @Test
    void whoeverPlannedItDoesNotAgreeToItWhateverTheySendItWith() {
        story.devices("own");
        String rollout = waiting(ann, plan("own", release, "id==own", Map.of("approval", true)));
        Token narrow = ann.token("rollouts-approve");
        Token wide = ann.token("rollouts-read", "rollouts-write", "rollouts-operate", "rollouts-approve");
        String approve = path(rollout) + "/approve";

        refused(ann.sends("POST", approve, Map.of("remark", "fine")), 403, OWN);
        refused(ann.sends(narrow, "POST", approve, null), 403, OWN);
        refused(ann.sends(wide, "POST", approve, null), 403, OWN);
        refused(ann.sends("POST", path(rollout) + "/deny", null), 403, OWN);

        String byToken = waiting(ann.sends(
                wide, "POST", "/api/v1/rollouts", plan("by token", release, "id==own", Map.of("approval", true))));
        refused(ann.sends("POST", path(byToken) + "/approve", null), 403, OWN);
        refused(ann.sends(narrow, "POST", path(byToken) + "/approve", null), 403, OWN);
        story.caughtUp();
        for (String each : List.of(rollout, byToken)) {
            JsonNode seen = story.rollout(each);
            assertThat(seen.path("state").asString()).isEqualTo("waiting-for-approval");
            assertThat(seen.path("by").asString()).isEqualTo(ann.actor());
            assertThat(seen.has("decision")).isFalse();
        }
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(audit(rollout, APPROVE))
                .allSatisfy(line -> {
                    assertThat(line.path("outcome").asString()).isEqualTo("refused");
                    assertThat(line.path("code").asString()).isEqualTo(OWN);
                })
                .extracting(line -> line.path("actor").asString())
                .containsExactlyInAnyOrder(ann.actor(), "token:" + narrow.id(), "token:" + wide.id()));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(audit(rollout, DENY))
                .extracting(line -> line.path("code").asString())
                .containsExactly(OWN));
    }

    @Test
    void anOperatorStartsItAndAnotherReleaseManagerAgrees() {
        story.devices("both");
        String rollout = waiting(ann, plan("both", release, "id==both", Map.of("approval", true)));
        String approve = path(rollout) + "/approve";
        refused(olaf.sends("POST", approve, Map.of("remark", "fine")), 403, "identity.not-allowed");
        refused(olaf.sends("POST", path(rollout) + "/deny", null), 403, "identity.not-allowed");
        refused(olaf.asksForToken("rollouts-approve"), 403, "identity.scope-too-wide");

        taken(olaf.sends("POST", path(rollout) + "/start", null));

        JsonNode awaited = happened(rollout, "updates.StartRollout", "updates.RolloutStartAwaited");
        assertThat(awaited.path("actor").asString()).isEqualTo(olaf.actor());
        assertThat(story.links("both").has("deploymentBase")).isFalse();
        assertThat(story.rollout(rollout).path("state").asString()).isEqualTo("waiting-for-approval");
        assertThat(story.group(rollout, 0).path("offered").asInt()).isZero();

        taken(rita.sends("POST", approve, Map.of("remark", "tested in Ulm")));

        int action = story.offered("both", 0);
        story.becomes(rollout, "running");
        decided(rollout, true, rita, "tested in Ulm");
        JsonNode approved = happened(rollout, APPROVE, "updates.RolloutApproved");
        assertThat(approved.path("actor").asString()).isEqualTo(rita.actor());
        assertThat(approved.path("outcome").asString()).isEqualTo("accepted");
        told(approved, "muster.updates.rollout-approved.v1", rita, "tested in Ulm");
        story.does("both", action, "success");
        story.becomes(rollout, "finished");
    }

    @Test
    void whatWasDeniedCanBeDeletedOnly() {
        story.devices("denied");
        String rollout = waiting(ann, plan("denied", release, "id==denied", Map.of("approval", true)));
        story.order(rollout, "start");

        taken(rita.sends("POST", path(rollout) + "/deny", Map.of("remark", "not on a Friday")));

        story.becomes(rollout, "approval-denied");
        decided(rollout, false, rita, "not on a Friday");
        JsonNode denied = happened(rollout, DENY, "updates.RolloutDenied");
        assertThat(denied.path("actor").asString()).isEqualTo(rita.actor());
        told(denied, "muster.updates.rollout-denied.v1", rita, "not on a Friday");
        for (String order : List.of("approve", "start", "pause", "resume", "next-group", "abort", "close-joining")) {
            refused(story.tried(rollout, order, null), 409, STATE);
        }
        refused(story.tried(rollout, "rollback", Map.of("scope", "all")), 409, STATE);
        assertThat(story.links("denied").has("deploymentBase")).isFalse();

        story.server.ok("DELETE", path(rollout), null);

        await().atMost(PATIENCE).until(() -> !story.listed().contains(rollout));
        refused(story.server.send("GET", path(rollout), null), 404, "updates.rollout-unknown");
    }

    @Test
    void theSettingsMayAskForItWhateverThePlanSays() {
        story.devices("house");
        approvalForAll(true);
        try {
            for (Map<String, ?> more : List.of(Map.<String, Object>of(), Map.<String, Object>of("approval", false))) {
                String rollout = waiting(ann, plan("house", release, "id==house", more));
                assertThat(story.rollout(rollout)
                                .path("plan")
                                .path("policy")
                                .path("approval")
                                .asBoolean())
                        .isTrue();
                refused(ann.sends("POST", path(rollout) + "/approve", null), 403, OWN);
                taken(rita.sends("POST", path(rollout) + "/deny", null));
            }
        } finally {
            approvalForAll(false);
        }
        HttpResponse<String> free = ann.sends("POST", "/api/v1/rollouts", plan("free", release, "id==house", Map.of()));
        story.becomes(idOf(free), "ready");
    }

    @Test
    void anAdministratorIsNoExceptionToTheRule() {
        story.devices("might");
        String rollout = waiting(ada, plan("might", release, "id==might", Map.of("approval", true)));
        Token token = ada.token("rollouts-approve");
        refused(ada.sends("POST", path(rollout) + "/approve", null), 403, OWN);
        refused(ada.sends(token, "POST", path(rollout) + "/approve", null), 403, OWN);

        Token ritas = rita.token("rollouts-approve");
        taken(rita.sends(ritas, "POST", path(rollout) + "/approve", null));

        story.becomes(rollout, "ready");
        JsonNode decision = story.rollout(rollout).path("decision");
        assertThat(decision.path("by").asString())
                .as("the person, not the token")
                .isEqualTo(rita.actor());
        assertThat(decision.has("remark")).isFalse();
        assertThat(happened(rollout, APPROVE, "updates.RolloutApproved")
                        .path("actor")
                        .asString())
                .isEqualTo("token:" + ritas.id());
        taken(ada.sends("POST", path(rollout) + "/start", null));
        assertThat(story.offered("might", 0)).isPositive();
    }

    /** Planned by somebody, and frozen: before that nobody can decide. */
    private static String waiting(Person by, Map<String, Object> plan) {
        story.caughtUp();
        return waiting(by.sends("POST", "/api/v1/rollouts", plan));
    }

    private static String waiting(HttpResponse<String> planned) {
        String id = idOf(planned);
        story.becomes(id, "waiting-for-approval");
        return id;
    }

    private static String idOf(HttpResponse<String> planned) {
        assertThat(planned.statusCode()).as(planned.body()).isEqualTo(201);
        return JSON.readTree(planned.body()).path("id").asString();
    }

    private static void taken(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    }

    private static void decided(String rollout, boolean approved, Person by, String remark) {
        JsonNode seen = story.rollout(rollout);
        assertThat(seen.path("by").asString()).isEqualTo(ann.actor());
        JsonNode decision = seen.path("decision");
        assertThat(decision.path("approved").asBoolean(!approved)).isEqualTo(approved);
        assertThat(decision.path("by").asString()).isEqualTo(by.actor());
        assertThat(decision.path("remark").asString()).isEqualTo(remark);
        assertThat(decision.path("at").asString()).endsWith("Z");
    }

    /** The lines of the trail about this command to this rollout, newest first. */
    private static List<JsonNode> audit(String rollout, String command) {
        List<JsonNode> lines = new ArrayList<>();
        for (JsonNode line :
                story.server.get("/api/v1/audit?command=" + command).path("items")) {
            if (line.path("target").asString("").equals("rollout/" + rollout)) {
                lines.add(line);
            }
        }
        return lines;
    }

    /** The one line about what this command led to. */
    private static JsonNode happened(String rollout, String command, String event) {
        List<JsonNode> lines = audit(rollout, command).stream()
                .filter(line -> line.path("event").asString("").equals(event))
                .toList();
        assertThat(lines).hasSize(1);
        return lines.getFirst();
    }

    /** The remark stands in the line of the trail, and in the event that it is about. */
    private static void told(JsonNode line, String type, Person by, String remark) {
        assertThat(line.path("data").path("remark").asString()).isEqualTo(remark);
        long position = line.path("position").asLong();
        JsonNode event = story.server
                .get("/api/v1/events/feed?type=" + type + "&after=" + (position - 1))
                .path("items")
                .path(0);
        assertThat(event.path("sequence").asString()).isEqualTo(Long.toString(position));
        assertThat(event.path("data").path("by").asString()).isEqualTo(by.actor());
        assertThat(event.path("data").path("remark").asString()).isEqualTo(remark);
    }

    private static void approvalForAll(boolean wanted) {
        HttpResponse<String> now = story.server.send("GET", "/api/v1/settings/updates", null);
        ObjectNode settings = (ObjectNode) JSON.readTree(now.body());
        settings.put("rolloutApproval", wanted);
        String tag = now.headers().firstValue("ETag").orElseThrow();
        story.server.ok("PUT", "/api/v1/settings/updates", settings, "If-Match", tag);
        story.caughtUp();
    }
}
