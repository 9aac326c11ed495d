package dev.muster.observe.query;

import dev.muster.observe.ApplicationLinks;
import dev.muster.observe.DocumentKind;
import dev.muster.observe.Enrolment;
import dev.muster.observe.Uid;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Links from the configured templates, which are checked once, when the server starts. */
public final class TemplateLinks implements ApplicationLinks {

    private static final String SETTING = "muster.observe.links.";
    private static final Set<String> OF_A_DEVICE = Set.of("scheme", "ws", "host", "model", "cos", "uid", "address");
    private static final Set<String> OF_A_DOCUMENT =
            Set.of("scheme", "ws", "host", "model", "cos", "uid", "address", "document");

    private final String model;
    private final String cos;
    private final LinkTemplate grafana;
    private final LinkTemplate grafanaDashboard;
    private final LinkTemplate foxglove;
    private final LinkTemplate foxgloveLayout;
    private final LinkTemplate recordings;

    /** Refuses a template that cannot become a link, with the name of its setting. */
    public TemplateLinks(LinkSettings settings) {
        this.model = settings.model();
        this.cos = settings.cos();
        this.grafana = LinkTemplate.parse(SETTING + "grafana", settings.grafana(), OF_A_DEVICE);
        this.grafanaDashboard =
                LinkTemplate.parse(SETTING + "grafana-dashboard", settings.grafanaDashboard(), OF_A_DOCUMENT);
        this.foxglove = LinkTemplate.parse(SETTING + "foxglove", settings.foxglove(), OF_A_DEVICE);
        this.foxgloveLayout = LinkTemplate.parse(SETTING + "foxglove-layout", settings.foxgloveLayout(), OF_A_DOCUMENT);
        this.recordings = LinkTemplate.parse(SETTING + "recordings", settings.recordings(), OF_A_DEVICE);
    }

    @Override
    public Links of(Enrolment enrolment, URI base) {
        return new Links(
                group(grafana, grafanaDashboard, DocumentKind.GRAFANA_DASHBOARD, enrolment, base),
                group(foxglove, foxgloveLayout, DocumentKind.FOXGLOVE_LAYOUT, enrolment, base),
                link(recordings, enrolment, null, base));
    }

    private Group group(LinkTemplate main, LinkTemplate one, DocumentKind kind, Enrolment enrolment, URI base) {
        List<Link> documents = enrolment.uses().getOrDefault(kind, List.of()).stream()
                .map(ref -> new Link(ref.uid(), link(one, enrolment, ref.uid(), base)))
                .toList();
        return new Group(link(main, enrolment, null, base), documents);
    }

    private URI link(LinkTemplate template, Enrolment enrolment, @Nullable Uid document, URI base) {
        boolean https = "https".equals(base.getScheme());
        return template.filled(name -> switch (name) {
            case "scheme" -> https ? "https" : "http";
            case "ws" -> https ? "wss" : "ws";
            case "host" -> authority(base);
            case "model" -> model;
            case "cos" -> cos;
            case "uid" -> enrolment.uid().value();
            case "address" -> enrolment.address();
            case "document" -> document == null ? "" : document.value();
            default -> throw new IllegalStateException("no value for " + name);
        });
    }

    /** Without a user name, which would make a link lead elsewhere than it seems. */
    private static String authority(URI base) {
        String authority = base.getRawAuthority();
        return authority == null ? "" : authority.substring(authority.lastIndexOf('@') + 1);
    }
}
