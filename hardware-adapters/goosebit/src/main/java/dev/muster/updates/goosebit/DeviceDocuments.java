package dev.muster.updates.goosebit;

import dev.muster.updates.SoftwareModule.Artifact;
import dev.muster.updates.modes.Software;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What devices are told (contract §2.5, §2.7). */
final class DeviceDocuments {

    private DeviceDocuments() {}

    /**
     * @param link name of the one link, or null for none
     * @param href where it leads
     */
    static ObjectNode poll(String sleep, @Nullable String link, String href) {
        ObjectNode document = Json.object();
        document.putObject("config").putObject("polling").put("sleep", sleep);
        ObjectNode links = document.putObject("_links");
        if (link != null) {
            links.putObject(link).put("href", href);
        }
        return document;
    }

    /** One chunk with one file. Members that real clients insist on are all there (contract §12.3). */
    static ObjectNode deployment(int number, Software software, String href) {
        Artifact file = software.artifact();
        ObjectNode document = Json.object().put("id", String.valueOf(number));
        ObjectNode deployment =
                document.putObject("deployment").put("download", "forced").put("update", "forced");
        ObjectNode chunk = deployment
                .putArray("chunks")
                .addObject()
                .put("part", "os")
                .put("version", software.version())
                .put("name", file.fileName());
        ObjectNode artifact = chunk.putArray("artifacts").addObject().put("filename", file.fileName());
        artifact.putObject("hashes").put("sha1", file.sha1());
        artifact.put("size", file.size());
        artifact.putObject("_links").putObject("download").put("href", href);
        return document;
    }
}
