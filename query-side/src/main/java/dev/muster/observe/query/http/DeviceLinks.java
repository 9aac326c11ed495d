package dev.muster.observe.query.http;

import dev.muster.observe.ApplicationLinks.Group;
import dev.muster.observe.ApplicationLinks.Links;
import dev.muster.observe.Uid;
import java.net.URI;
import java.util.List;

/** Where to look at a device, as people see it. */
public record DeviceLinks(LinkGroup grafana, LinkGroup foxglove, URI recordings) {

    /** The application's own page, and one for each dashboard or layout that the device uses. */
    public record LinkGroup(URI main, List<DocumentLink> documents) {}

    public record DocumentLink(Uid document, URI target) {}

    static DeviceLinks of(Links links) {
        return new DeviceLinks(group(links.grafana()), group(links.foxglove()), links.recordings());
    }

    private static LinkGroup group(Group group) {
        return new LinkGroup(
                group.main(),
                group.documents().stream()
                        .map(each -> new DocumentLink(each.document(), each.target()))
                        .toList());
    }
}
