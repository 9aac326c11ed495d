package dev.muster.ddi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.ddi.DdiWorld.Made;
import dev.muster.ddi.DdiWorld.Part;
import dev.muster.ddi.DdiWorld.Plan;
import dev.muster.updates.ActionStatus;
import dev.muster.updates.ActionType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** TV-27 to TV-35: the deployment document. */
class DeploymentVectorsTest extends DdiVectors {

    @Test
    void tv27AClosedActionKeepsItsDocument() {
        String id = knownDevice();
        int action = assigned(id);
        feedback(id, action, "closed", "success");

        Answer answer = deployment(id, action);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("id").asString()).isEqualTo(String.valueOf(action));
        JsonNode artifact = answer.json().at("/deployment/chunks/0/artifacts/0");
        assertThat(artifact.path("filename").asString()).isEqualTo("file1");
        assertThat(artifact.path("size").asLong()).isEqualTo(5120);
        assertThat(artifact.at("/hashes/sha1").asString()).hasSize(40);
        assertThat(artifact.at("/hashes/md5").asString()).hasSize(32);
        assertThat(artifact.at("/hashes/sha256").asString()).hasSize(64);
        assertThat(artifact.path("_links").propertyNames())
                .contains("download", "md5sum", "download-http", "md5sum-http");
    }

    @Test
    void tv27bAFailedActionKeepsItsDocumentToo() {
        String id = knownDevice();
        int action = assigned(id);
        feedback(id, action, "closed", "failure");

        Answer answer = deployment(id, action);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().at("/deployment/chunks/0/artifacts/0/filename").asString())
                .isEqualTo("file1");
    }

    @Test
    void tv28EachTypeHasItsUrgency() {
        assertThat(urgency(Plan.FORCED)).isEqualTo("forced,forced");
        assertThat(urgency(Plan.of(ActionType.SOFT))).isEqualTo("attempt,attempt");
        assertThat(urgency(Plan.of(ActionType.DOWNLOAD_ONLY))).isEqualTo("forced,skip");
        assertThat(urgency(new Plan(ActionType.TIME_FORCED, world.now().minusSeconds(5), null, null)))
                .isEqualTo("forced,forced");
        assertThat(urgency(new Plan(ActionType.TIME_FORCED, world.now().plusSeconds(3600), null, null)))
                .isEqualTo("attempt,attempt");
    }

    private String urgency(Plan plan) {
        String id = knownDevice();
        int action = world.assign(id, osRelease(), plan);
        JsonNode deployment = deployment(id, action).json().path("deployment");
        return deployment.path("download").asString() + ","
                + deployment.path("update").asString();
    }

    @Test
    void tv29TheLinkChangesWhenItsTimeHasCome() {
        String id = knownDevice();
        world.assign(
                id, osRelease(), new Plan(ActionType.TIME_FORCED, world.now().plusSeconds(60), null, null));
        String first = poll(id).link("deploymentBase");
        String etag = poll(id).header("ETag");

        assertThat(poll(id).link("deploymentBase")).isEqualTo(first);
        world.advance(Duration.ofSeconds(61));

        Answer later = poll(id, "If-None-Match", etag);
        assertThat(later.status()).isEqualTo(200);
        assertThat(later.link("deploymentBase")).isNotEqualTo(first);
        assertThat(get(later.link("deploymentBase"))
                        .json()
                        .at("/deployment/update")
                        .asString())
                .isEqualTo("forced");
    }

    @Test
    void tv30ModuleTypesHaveTheirWireNames() {
        String id = knownDevice();
        Made release =
                world.release(fresh("set"), "1", false, List.of(part("os"), part("runtime"), part("application")));
        int action = world.assign(id, release, Plan.FORCED);

        List<String> parts = new ArrayList<>();
        deployment(id, action)
                .json()
                .at("/deployment/chunks")
                .forEach(chunk -> parts.add(chunk.path("part").asString()));

        assertThat(parts).containsExactlyInAnyOrder("os", "jvm", "bApp");
    }

    private static Part part(String type) {
        return new Part(type, fresh(type), Map.of(), Map.of(), false);
    }

    @Test
    void tv31OnlyVisibleMetadataAreShown() {
        String id = knownDevice();
        Made release = world.release(
                fresh("set"),
                "1",
                false,
                List.of(
                        new Part("os", "with", Map.of(), Map.of("seen", "1", "hiddenKey", "2"), true),
                        new Part("application", "without", Map.of(), Map.of(), false)));
        int action = world.assign(id, release, Plan.FORCED);

        for (JsonNode chunk : deployment(id, action).json().at("/deployment/chunks")) {
            assertThat(chunk.path("artifacts").isArray()).isTrue();
            if (chunk.path("name").asString().equals("with")) {
                assertThat(chunk.path("metadata").toString()).isEqualTo("[{\"key\":\"seen\",\"value\":\"1\"}]");
                assertThat(chunk.path("encrypted").asBoolean()).isTrue();
            } else {
                assertThat(chunk.has("metadata")).isFalse();
                assertThat(chunk.has("encrypted")).isFalse();
            }
        }
    }

    @Test
    void tv32ReadingIsNotedOnce() {
        String id = knownDevice();
        int action = assigned(id);

        deployment(id, action);
        assertThat(entries(id, action)).containsExactly(ActionStatus.RUNNING, ActionStatus.RETRIEVED);
        assertThat(action(id, action).status()).isEqualTo(ActionStatus.RETRIEVED);

        deployment(id, action);
        assertThat(entries(id, action)).containsExactly(ActionStatus.RUNNING, ActionStatus.RETRIEVED);
    }

    @Test
    void tv33WhatIsNotTheDevicesIsNotThere() {
        String id = knownDevice();
        String other = knownDevice();
        int action = assigned(id);

        assertThat(deployment(fresh("nobody"), action).status()).isEqualTo(404);
        assertThat(deployment(id, 2_000_000_000).status()).isEqualTo(404);
        assertThat(deployment(id, 2_000_000_000).errorCode()).isEqualTo("hawkbit.server.error.repo.entityNotFound");
        assertThat(deployment(other, action).status()).isEqualTo(404);
        assertThat(get(path(id) + "/deploymentBase/abc").status()).isEqualTo(400);
        assertThat(get(path(id) + "/deploymentBase/" + action + "?c=abc").status())
                .isEqualTo(400);
        assertThat(get(path(id) + "/deploymentBase/" + action + "?c=-5").status())
                .isEqualTo(200);
    }

    @Test
    void tv34OtherMethodsAreRefused() {
        String id = knownDevice();
        eachIs405(path(id) + "/deploymentBase/" + assigned(id), "POST", "PUT", "DELETE");
    }

    @Test
    void tv35OtherFormsAreNotAcceptable() {
        String id = knownDevice();
        assertThat(get(path(id) + "/deploymentBase/" + assigned(id), "Accept", "application/atom+xml")
                        .status())
                .isEqualTo(406);
    }

    @Test
    void theCborDocumentCarriesTheSame() {
        String id = knownDevice();
        int action = assigned(id);

        JsonNode document = get(path(id) + "/deploymentBase/" + action, "Accept", "application/cbor")
                .cbor();

        assertThat(document.path("id").asString()).isEqualTo(String.valueOf(action));
        assertThat(document.path("links").isArray()).isTrue();
        JsonNode links = document.at("/deployment/chunks/0/artifacts/0/links");
        List<String> rels = new ArrayList<>();
        links.forEach(link -> rels.add(link.path("rel").asString()));
        assertThat(rels).contains("download", "download-http", "md5sum", "md5sum-http");
    }

    @Test
    void linksStayShortEnoughForSmallClients() {
        String id = knownDevice();
        assigned(id);
        String link = poll(id).link("deploymentBase");

        assertThat(link.substring(link.indexOf("deploymentBase/"))).hasSizeLessThanOrEqualTo(49);
    }
}
