package dev.muster.ddi;

import static dev.muster.updates.ActionStatus.CANCELING;
import static dev.muster.updates.ActionStatus.RUNNING;
import static dev.muster.updates.ActionStatus.WAIT_FOR_CONFIRMATION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.ddi.DdiWorld.Made;
import dev.muster.updates.DeviceView.UpdateStatus;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** TV-72 to TV-89: installed distributions and consent. TV-74 stands with the cancels. */
class InstalledVectorsTest extends DdiVectors {

    private Answer installed(String id, int action) {
        return get(path(id) + "/installedBase/" + action);
    }

    private Answer waitingDocument(String id, int action) {
        return get(path(id) + "/confirmationBase/" + action);
    }

    private Answer confirm(String id, int action) {
        return confirmation(id, action, "{\"confirmation\":\"confirmed\"}");
    }

    private Answer deny(String id, int action) {
        return confirmation(id, action, "{\"confirmation\":\"denied\"}");
    }

    private void consentIsAsked(boolean on) {
        settings("confirmationFlow", on);
    }

    @Test
    void tv72APendingActionIsNotInstalled() {
        String id = knownDevice();
        assertThat(installed(id, assigned(id)).status()).isEqualTo(404);
    }

    @Test
    void tv73OnlyTheNewestIsLinkedButBothAreReadable() {
        String id = knownDevice();
        int first = assigned(id);
        feedback(id, first, "closed", "success");
        int second = assigned(id);
        feedback(id, second, "closed", "success");

        assertThat(poll(id).link("installedBase")).endsWith("/" + second);
        assertThat(installed(id, first).status()).isEqualTo(200);
        assertThat(installed(id, first).json().path("id").asString()).isEqualTo(String.valueOf(first));
        assertThat(installed(id, first)
                        .json()
                        .at("/deployment/chunks/0/artifacts/0/filename")
                        .asString())
                .isEqualTo("file1");
        assertThat(installed(id, second).status()).isEqualTo(200);
    }

    @Test
    void tv75OtherMethodsAndFormsAreRefused() {
        String id = knownDevice();
        int action = assigned(id);
        feedback(id, action, "closed", "success");

        eachIs405(path(id) + "/installedBase/" + action, "POST", "PUT", "DELETE");
        assertThat(get(path(id) + "/installedBase/" + action, "Accept", "application/atom+xml")
                        .status())
                .isEqualTo(406);
    }

    @Test
    void tv76ADeviceMayDeclareWhatItRuns() {
        String id = knownDevice();
        Made release = osRelease();

        assertThat(declare(id, release.ref().name(), release.ref().version())).isEqualTo(201);
        assertThat(declare(id, release.ref().name(), release.ref().version())).isEqualTo(200);
        assertThat(declare(id, release.ref().name(), "9.9")).isEqualTo(404);
        assertThat(send("PUT", path(id) + "/installedBase", bytes("{\"name\":\"x\"}"), "Content-Type", JSON)
                        .status())
                .isEqualTo(400);
        assertThat(declare(fresh("nobody"), release.ref().name(), release.ref().version()))
                .isEqualTo(404);
        assertThat(device(id).installed()).isEqualTo(release.ref());
        assertThat(device(id).updateStatus()).isEqualTo(UpdateStatus.IN_SYNC);
        assertThat(poll(id).rels()).contains("installedBase");
    }

    private int declare(String id, String name, String version) {
        return send(
                        "PUT",
                        path(id) + "/installedBase",
                        bytes("{\"name\":\"" + name + "\",\"version\":\"" + version + "\"}"),
                        "Content-Type",
                        JSON)
                .status();
    }

    @Test
    void tv77And78AnUnconfirmedActionIsOfferedForConsentOnly() {
        consentIsAsked(true);
        String id = knownDevice();
        int action = assigned(id);

        Answer poll = poll(id);
        assertThat(poll.rels()).containsExactly("confirmationBase");
        assertThat(poll.link("confirmationBase")).contains("/confirmationBase/" + action + "?c=");
        assertThat(entries(id, action)).containsExactly(WAIT_FOR_CONFIRMATION);
        Answer document = get(poll.link("confirmationBase"));
        assertThat(document.status()).isEqualTo(200);
        assertThat(document.json().propertyNames()).containsExactlyInAnyOrder("id", "confirmation");
        assertThat(deployment(id, action).status()).isEqualTo(404);
        assertThat(feedback(id, action, "proceeding", "none").status()).isEqualTo(404);
        assertThat(entries(id, action)).containsExactly(WAIT_FOR_CONFIRMATION);
    }

    @Test
    void tv79ADenialLeavesItWaiting() {
        consentIsAsked(true);
        String id = knownDevice();
        int action = assigned(id);

        assertThat(deny(id, action).status()).isEqualTo(200);

        assertThat(poll(id).rels()).containsExactly("confirmationBase");
        assertThat(deployment(id, action).status()).isEqualTo(404);
    }

    @Test
    void tv80To82ConsentStartsTheUpdateAndCanBeTakenBack() {
        consentIsAsked(true);
        String id = knownDevice();
        int action = assigned(id);

        assertThat(confirmation(id, action, "{\"confirmation\":\"confirmed\",\"code\":10,\"details\":[\"ok\"]}")
                        .status())
                .isEqualTo(200);
        assertThat(poll(id).rels()).containsExactly("deploymentBase");
        assertThat(waitingDocument(id, action).status()).isEqualTo(404);
        JsonNode history = get(path(id) + "/deploymentBase/" + action + "?actionHistory=10")
                .json()
                .at("/actionHistory/messages");
        assertThat(history.toString()).contains("\"ok\"").contains("\"Confirmation status code: 10\"");

        assertThat(deny(id, action).status()).isEqualTo(200);
        assertThat(poll(id).rels()).containsExactly("confirmationBase");
        assertThat(confirm(id, action).status()).isEqualTo(200);
        assertThat(poll(id).rels()).containsExactly("deploymentBase");

        world.cancel(id, action, false);
        assertThat(deny(id, action).status()).isEqualTo(404);
        assertThat(action(id, action).status()).isEqualTo(CANCELING);
    }

    @Test
    void tv83WithoutTheFlowThereIsNothingToDeny() {
        String id = knownDevice();
        int action = assigned(id);

        assertThat(deny(id, action).status()).isEqualTo(404);
        assertThat(waitingDocument(id, action).status()).isEqualTo(404);
        assertThat(poll(id).rels()).containsExactly("deploymentBase");
    }

    @Test
    void tv84WhatWaitsGoesOnWaitingWhenTheFlowIsTurnedOff() {
        consentIsAsked(true);
        String id = knownDevice();
        int action = assigned(id);
        consentIsAsked(false);

        assertThat(poll(id).rels()).containsExactly("confirmationBase");
        assertThat(waitingDocument(id, action).status()).isEqualTo(200);
        assertThat(confirm(id, action).status()).isEqualTo(200);
        assertThat(poll(id).rels()).containsExactly("deploymentBase");
    }

    @Test
    void tv85AClosedActionTakesNoConsent() {
        String id = knownDevice();
        int action = assigned(id);
        feedback(id, action, "closed", "success");

        assertThat(confirm(id, action).status()).isEqualTo(410);
        assertThat(deny(id, action).status()).isEqualTo(410);
        assertThat(confirmation(id, action, "{}").status()).isEqualTo(400);
    }

    @Test
    void tv86TheConfirmationBaseShowsHowConsentStands() {
        String id = knownDevice();
        String base = path(id) + "/confirmationBase";

        Answer off = get(base);
        assertThat(off.json().path("autoConfirm").toString()).isEqualTo("{\"active\":false,\"activatedAt\":0}");
        assertThat(off.rels()).containsExactly("activateAutoConfirm");

        assertThat(post(base + "/activateAutoConfirm", "{}").status()).isEqualTo(200);
        Answer on = get(base);
        assertThat(on.rels()).containsExactly("deactivateAutoConfirm");
        assertThat(on.json().path("autoConfirm").propertyNames()).containsExactlyInAnyOrder("active", "activatedAt");
        assertThat(on.json().at("/autoConfirm/active").asBoolean()).isTrue();
        assertThat(on.json().at("/autoConfirm/activatedAt").asLong())
                .isCloseTo(world.now().toEpochMilli(), org.assertj.core.data.Offset.offset(60_000L));
        JsonNode cbor = get(base, "Accept", "application/cbor").cbor();
        assertThat(cbor.at("/autoConfirm/links").isArray()).isTrue();
        assertThat(cbor.at("/links/0/rel").asString()).isEqualTo("deactivateAutoConfirm");
        assertThat(send("POST", base + "/deactivateAutoConfirm", null).status()).isEqualTo(200);
        assertThat(send("POST", base + "/activateAutoConfirm", null).status()).isEqualTo(200);
        assertThat(get(base).json().at("/autoConfirm/remark").asString()).isNotBlank();
    }

    @Test
    void tv87AutoConfirmReleasesWhatWaits() {
        consentIsAsked(true);
        String id = knownDevice();
        int action = assigned(id);
        String activate = path(id) + "/confirmationBase/activateAutoConfirm";

        assertThat(post(activate, "{\"initiator\":\"ann\",\"remark\":\"go\"}").status())
                .isEqualTo(200);

        assertThat(action(id, action).status()).isEqualTo(RUNNING);
        assertThat(poll(id).rels()).containsExactly("deploymentBase");
        assertThat(get(path(id) + "/confirmationBase")
                        .json()
                        .at("/autoConfirm/initiator")
                        .asString())
                .isEqualTo("ann");
        Answer again = post(activate, "{}");
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.errorCode()).isEqualTo("hawkbit.server.error.repo.autoConfAlreadyActive");
        int next = assigned(id);
        assertThat(action(id, next).status()).isEqualTo(RUNNING);
    }

    @Test
    void tv88TurningAutoConfirmOffTwiceIsFine() {
        String path = path(knownDevice()) + "/confirmationBase/deactivateAutoConfirm";

        assertThat(send("POST", path, null).status()).isEqualTo(200);
        assertThat(send("POST", path, bytes("whatever")).status()).isEqualTo(200);
    }

    @Test
    void tv89OnlyTheConfirmationBaseMakesADeviceKnown() {
        String unknown = fresh("unknown");
        String base = path(unknown) + "/confirmationBase";

        assertThat(post(base + "/activateAutoConfirm", "{}").status()).isEqualTo(404);
        assertThat(send("POST", base + "/deactivateAutoConfirm", null).status()).isEqualTo(404);
        assertThat(device(unknown)).isNull();
        assertThat(get(base).status()).isEqualTo(200);
        assertThat(device(unknown).updateStatus()).isEqualTo(UpdateStatus.REGISTERED);
    }
}
