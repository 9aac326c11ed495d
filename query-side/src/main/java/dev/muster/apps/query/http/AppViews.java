package dev.muster.apps.query.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.muster.apps.AgentReadings.Reading;
import dev.muster.apps.AgentStatus;
import dev.muster.apps.AgentSystem;
import dev.muster.apps.AppAgents.AppAgent;
import dev.muster.apps.AppCatalogue.App;
import dev.muster.apps.AppCatalogue.Release;
import dev.muster.apps.AppKey;
import dev.muster.apps.AppName;
import dev.muster.apps.PortRule;
import dev.muster.apps.ProjectKey;
import dev.muster.apps.Projects.Project;
import dev.muster.apps.ReleaseKey;
import dev.muster.registry.DeviceId;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Apps, projects and agents as people see them. */
public final class AppViews {

    private AppViews() {}

    /** @param agents how many devices are in it */
    public record ProjectView(ProjectKey key, String name, String owner, int agents, long revision) {

        static ProjectView of(Project project, int agents) {
            return new ProjectView(project.key(), project.name(), project.owner(), agents, project.version());
        }
    }

    /** @param items in order of key */
    public record ProjectList(List<ProjectView> items) {}

    /**
     * An app in a list.
     *
     * @param newest the version that devices get which follow the newest, whatever their architecture; null for none
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record AppLine(
            AppName name,
            AppKey key,
            String description,
            @Nullable String newest,
            int releases,
            Instant createdAt) {

        static AppLine of(App app) {
            Release newest = app.newest("");
            return new AppLine(
                    app.name(),
                    app.key(),
                    app.face().description(),
                    newest == null ? null : newest.version(),
                    app.releases().size(),
                    app.createdAt());
        }
    }

    /** @param next cursor of the following page, null on the last */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record AppList(List<AppLine> items, @Nullable String next) {}

    /**
     * An app whole.
     *
     * @param environmentTemplate an object of parameters and what is known of them
     * @param compose an object, or null for an app of one image
     * @param revision of the app: the ETag
     */
    public record AppView(
            AppName name,
            AppKey key,
            String description,

            @JsonRawValue @Schema(implementation = Object.class)
            String environmentTemplate,

            List<PortRule> ports,

            @JsonRawValue @Schema(implementation = Object.class) @Nullable
            String compose,

            List<ReleaseLine> releases,
            Instant createdAt,
            long revision) {

        static AppView of(App app) {
            return new AppView(
                    app.name(),
                    app.key(),
                    app.face().description(),
                    app.face().environmentTemplate(),
                    app.face().ports(),
                    app.face().compose(),
                    app.releases().reversed().stream().map(ReleaseLine::of).toList(),
                    app.createdAt(),
                    app.version());
        }
    }

    /**
     * A release, without its composition.
     *
     * @param architectures none for all
     * @param composed whether it is several containers
     * @param yanked why it was taken back; null when it was not
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ReleaseLine(
            ReleaseKey key,
            String version,
            List<String> architectures,
            boolean composed,
            String notes,
            boolean offered,
            @Nullable String yanked,
            Instant createdAt) {

        static ReleaseLine of(Release release) {
            return new ReleaseLine(
                    release.key(),
                    release.version(),
                    release.architectures().stream().sorted().toList(),
                    release.compose() != null,
                    release.notes(),
                    release.offered(),
                    release.yanked(),
                    release.createdAt());
        }
    }

    /** @param items the newest first */
    public record ReleaseList(List<ReleaseLine> items) {}

    /**
     * A release whole.
     *
     * @param compose an object, or null for a single image
     */
    public record ReleaseView(
            ReleaseLine release,

            @JsonRawValue @Schema(implementation = Object.class) @Nullable
            String compose) {}

    /**
     * The agent of a device. Its secret is nowhere.
     *
     * @param key what it signs in as is {@code <project>-<key>}
     * @param reading what it measured last; null when this node has heard nothing
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record AgentView(
            DeviceId device,
            ProjectKey project,
            String projectName,
            long key,
            String serial,
            AgentStatus status,
            boolean online,
            Instant statusSince,
            Instant enrolledAt,
            boolean tunnelCapable,
            AgentSystem system,
            String architecture,
            @Nullable Reading reading) {

        static AgentView of(AppAgent agent, String projectName, @Nullable Reading reading) {
            return new AgentView(
                    agent.device(),
                    agent.project(),
                    projectName,
                    agent.key().value(),
                    agent.serial(),
                    agent.status(),
                    agent.status().isOnline(),
                    agent.statusSince(),
                    agent.enrolledAt(),
                    agent.tunnelCapable(),
                    agent.system(),
                    agent.system().architecture(),
                    reading);
        }
    }
}
