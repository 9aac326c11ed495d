package dev.muster.updates.simulator;

import java.net.URI;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads what the update server says into the words a device thinks in (DDI v1, poll and deploymentBase). */
final class DdiDocuments {

    private DdiDocuments() {}

    /**
     * A poll's answer.
     *
     * @param etag to be sent with the next poll
     * @param changed false when the server answered 304; then the links are those of the last answer
     */
    record Poll(
            Duration sleep,
            @Nullable String etag,
            boolean changed,
            @Nullable URI configData,
            @Nullable URI deploymentBase,
            @Nullable URI cancelAction,
            @Nullable URI confirmationBase) {

        Poll unchanged() {
            return new Poll(sleep, etag, false, configData, deploymentBase, cancelAction, confirmationBase);
        }

        /** The same, but the next poll will ask for the whole document. */
        Poll withoutEtag() {
            return new Poll(sleep, null, changed, configData, deploymentBase, cancelAction, confirmationBase);
        }
    }

    /** What to download and install. {@code download} and {@code update} are skip, attempt or forced. */
    record Deployment(String id, String download, String update, String version, List<Artifact> artifacts) {}

    record Artifact(String filename, long size, String sha1, URI link) {}

    static Poll poll(JsonNode document, @Nullable String etag) throws WireFault {
        String sleep = document.at("/config/polling/sleep").asString("");
        if (!sleep.matches("\\d\\d:\\d\\d:\\d\\d")) {
            throw new WireFault(200, "the poll says no sleep time: " + sleep);
        }
        JsonNode links = document.path("_links");
        return new Poll(
                Duration.ofSeconds(LocalTime.parse(sleep).toSecondOfDay()),
                etag,
                true,
                link(links, "configData"),
                link(links, "deploymentBase"),
                link(links, "cancelAction"),
                link(links, "confirmationBase"));
    }

    static Deployment deployment(JsonNode document) throws WireFault {
        JsonNode deployment = document.path("deployment");
        List<Artifact> artifacts = new ArrayList<>();
        String version = "";
        for (JsonNode chunk : deployment.path("chunks")) {
            version = chunk.path("version").asString("");
            for (JsonNode artifact : chunk.path("artifacts")) {
                URI download = link(artifact.path("_links"), "download");
                URI link = download != null ? download : link(artifact.path("_links"), "download-http");
                if (link == null) {
                    throw new WireFault(200, "an artifact has no download link");
                }
                artifacts.add(new Artifact(
                        artifact.path("filename").asString(""),
                        artifact.path("size").asLong(-1),
                        artifact.at("/hashes/sha1").asString(""),
                        link));
            }
        }
        return new Deployment(
                document.path("id").asString(""),
                deployment.path("download").asString(""),
                deployment.path("update").asString(""),
                version,
                List.copyOf(artifacts));
    }

    private static @Nullable URI link(JsonNode links, String rel) throws WireFault {
        String href = links.path(rel).path("href").asString("");
        try {
            return href.isEmpty() ? null : URI.create(href);
        } catch (IllegalArgumentException e) {
            throw new WireFault(200, "the link " + rel + " is not a URI: " + href);
        }
    }
}
