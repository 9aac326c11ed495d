package dev.muster.ddi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.muster.kernel.Refused;
import dev.muster.updates.DeviceView;
import dev.muster.updates.DeviceView.UpdateStatus;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TV-01 to TV-21: poll, registration, negotiation. */
class PollVectorsTest extends DdiVectors {

    private static final String IDLE = "{\"config\":{\"polling\":{\"sleep\":\"00:05:00\"}}}";

    @Test
    void tv01AnUnknownDeviceIsRegisteredByItsFirstPoll() {
        String id = fresh("plug");

        Answer answer = poll(id);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("application/hal+json");
        assertThat(answer.json().at("/config/polling/sleep").asString()).isEqualTo("00:05:00");
        DeviceView device = device(id);
        assertThat(device).isNotNull();
        assertThat(device.updateStatus()).isEqualTo(UpdateStatus.REGISTERED);
        assertThat(device.lastSeen()).isNotNull();
        assertThat(device.name()).isEqualTo(id);
    }

    @Test
    void tv02AFreshDeviceIsAskedForItsAttributesOnly() {
        String id = fresh("plug");
        poll(id);

        Answer answer = poll(id);

        assertThat(answer.rels()).containsExactly("configData");
        assertThat(answer.link("configData")).isEqualTo(world.baseUrl() + path(id) + "/configData");
    }

    @Test
    void tv03ADeviceWithNothingToDoGetsNoLinksAtAll() {
        assertThat(poll(knownDevice()).text()).isEqualTo(IDLE);
    }

    @Test
    void tv04OtherMethodsAreRefused() {
        eachIs405(path(knownDevice()), "POST", "PUT", "DELETE");
    }

    @Test
    void tv05WithoutATenantThereIsNothing() {
        assertThat(get("/controller/v1/").status()).isEqualTo(404);
    }

    @Test
    void tv06AnOverlongIdIsRefusedAndNothingIsMade() {
        String id = "x".repeat(257);

        assertThat(poll(id).status()).isEqualTo(400);

        assertThat(poll(id).errorCode()).isEqualTo("hawkbit.server.error.repo.constraintViolation");
        assertThat(device(id.substring(0, 256))).isNull();
    }

    @Test
    void tv06bTheLongestIdIsTaken() {
        String id = fresh("y");
        String longest = id + "y".repeat(256 - id.length());

        assertThat(poll(longest).status()).isEqualTo(200);
        assertThat(device(longest).name()).hasSize(128);
    }

    @Test
    void tv07AnIdWithABlankIsRefused() {
        Answer answer = get("/DEFAULT/controller/v1/a%20b");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.errorCode()).isEqualTo("hawkbit.server.error.repo.constraintViolation");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a%2Fb", "a%2fb", "a;b", "a%5Cb", "a%00b"})
    void tv08SlashesAndTheirKinAreRefused(String id) {
        assertThat(get("/DEFAULT/controller/v1/" + id).status()).isEqualTo(400);
    }

    @Test
    void tv09WithoutAcceptTheAnswerIsHal() {
        String id = knownDevice();

        assertThat(poll(id).header("Content-Type")).isEqualTo("application/hal+json");
        assertThat(poll(id, "Accept", "*/*").header("Content-Type")).isEqualTo("application/hal+json");
    }

    @Test
    void tv10PlainJsonIsTheSameDocument() {
        String id = newDevice();

        Answer answer = poll(id, "Accept", JSON);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo(JSON);
        assertThat(answer.text()).isEqualTo(poll(id).text());
        assertThat(answer.rels()).containsExactly("configData");
        assertThat(poll(id, "Accept", "application/json;charset=UTF-8").status())
                .isEqualTo(200);
    }

    @Test
    void tv11CborCarriesLinksAsAList() {
        String id = newDevice();

        Answer answer = poll(id, "Accept", "application/cbor");

        assertThat(answer.header("Content-Type")).isEqualTo("application/cbor");
        assertThat(answer.cbor().propertyNames()).containsExactlyInAnyOrder("config", "links");
        assertThat(answer.cbor().at("/links/0/rel").asString()).isEqualTo("configData");
        assertThat(answer.cbor().at("/links/0/href").asString()).endsWith("/configData");
    }

    @Test
    void tv12OtherFormsAreNotAcceptable() {
        Answer answer = poll(knownDevice(), "Accept", "application/xml");

        assertThat(answer.status()).isEqualTo(406);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.header("Accept"))
                .contains("hal+json")
                .contains("application/json")
                .contains("cbor");
    }

    @Test
    void tv13AKnownAnswerIsNotRepeated() {
        String id = knownDevice();
        String etag = poll(id).header("ETag");

        Answer answer = poll(id, "If-None-Match", etag);

        assertThat(answer.status()).isEqualTo(304);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.header("ETag")).isEqualTo(etag);
        assertThat(poll(id, "If-None-Match", "W/" + etag).status()).isEqualTo(304);
        assertThat(poll(id, "If-None-Match", "*").status()).isEqualTo(200);
    }

    @Test
    void tv14AnAssignmentChangesTheAnswer() {
        String id = knownDevice();
        String etag = poll(id).header("ETag");
        int action = assigned(id);

        Answer answer = poll(id, "If-None-Match", etag);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("ETag")).isNotEqualTo(etag);
        assertThat(answer.link("deploymentBase")).contains("/deploymentBase/" + action + "?c=");
    }

    @Test
    void tv15AnInstallationChangesItAgain() {
        String id = knownDevice();
        String etag = poll(id).header("ETag");
        int action = assigned(id);
        feedback(id, action, "closed", "success");

        Answer answer = poll(id, "If-None-Match", etag);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.rels()).containsExactlyInAnyOrder("installedBase", "configData");
        assertThat(answer.link("installedBase")).endsWith("/installedBase/" + action);
    }

    @Test
    void tv16AnOperatorsDeviceBecomesRegisteredByItsFirstPoll() {
        String id = newDevice();
        DeviceView before = device(id);
        assertThat(before.updateStatus()).isEqualTo(UpdateStatus.UNKNOWN);

        poll(id);

        DeviceView after = device(id);
        assertThat(after.updateStatus()).isEqualTo(UpdateStatus.REGISTERED);
        assertThat(after.createdAt()).isEqualTo(before.createdAt());
        poll(id);
        poll(id);
        assertThat(device(id).version()).as("a poll is no change").isEqualTo(after.version());
    }

    @Test
    void tv17TheAddressIsKeptOrHidden() {
        String open = newDevice();
        poll(open);
        assertThat(device(open).address()).isEqualTo("http://127.0.0.1");

        settings("trackAddress", false);
        String hidden = newDevice();
        poll(hidden);
        assertThat(device(hidden).address()).isEqualTo("http://***");
    }

    @Test
    void tv18ThePollingTimeIsTold() {
        String id = knownDevice();
        poll(id);
        settings("pollingTime", "00:02:00");

        assertThat(sleep(id)).isEqualTo("00:02:00");
    }

    @Test
    void tv19TheFirstMatchingRuleCounts() {
        String id = knownDevice();
        String european = newDevice();
        world.group(european, "Europe");
        settings("pollingTime", "00:02:00, controllerid == " + id + " -> 00:01:00, group == 'Europe' -> 00:05:05");

        assertThat(sleep(id)).isEqualTo("00:01:00");
        assertThat(sleep(european)).isEqualTo("00:05:05");
        assertThat(sleep(knownDevice())).isEqualTo("00:02:00");
    }

    @Test
    void tv20ASpreadIsDrawnAnewEachTime() {
        String id = knownDevice();
        settings("pollingTime", "00:10:00~50%");
        TreeSet<String> sleeps = new TreeSet<>();
        for (int i = 0; i < 50; i++) {
            sleeps.add(sleep(id));
        }

        assertThat(sleeps).hasSizeGreaterThan(1);
        assertThat(sleeps.first()).isGreaterThanOrEqualTo("00:05:00");
        assertThat(sleeps.last()).isLessThanOrEqualTo("00:15:00");
    }

    @ParameterizedTest
    @ValueSource(strings = {"24:00:00", "00:00:10", "abc"})
    void tv21APollingTimeOutOfRangeIsRefused(String text) {
        assertThatExceptionOfType(Refused.class).isThrownBy(() -> settings("pollingTime", text));
    }

    @Test
    void headAndOptionsAreAnsweredWhereGetIs() {
        String id = knownDevice();

        Answer head = send("HEAD", path(id), null);
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.header("Content-Length")).isEqualTo(String.valueOf(IDLE.length()));
        Answer options = send("OPTIONS", path(id), null);
        assertThat(options.status()).isEqualTo(200);
        assertThat(options.header("Allow")).contains("GET");
    }

    @Test
    void theTenantIsReadInAnyCase() {
        String id = newDevice();

        Answer answer = get("/default/controller/v1/" + id);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.link("configData")).contains("/DEFAULT/controller/v1/");
        assertThat(List.of(get("/other/controller/v1/" + id).status())).containsExactly(401);
    }

    @Test
    void anIdIsEncodedInItsLinks() {
        String id = fresh("grün<1>'&=+");
        Answer answer = poll(id);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(send("PUT", answer.link("configData"), bytes("{\"data\":{\"a\":\"b\"}}"), "Content-Type", JSON)
                        .status())
                .isEqualTo(200);
    }

    private String sleep(String id) {
        return poll(id).json().at("/config/polling/sleep").asString();
    }
}
