package dev.muster.observe;

import java.net.URI;
import java.util.List;

/** Where to look at a device: links into Grafana, Foxglove and the file server with its recordings, from templates. */
public interface ApplicationLinks {

    /**
     * @param base scheme and authority under which the asker reached this server, e.g. {@code https://fleet:8443};
     *     templates that begin with a scheme of their own do not use it
     */
    Links of(Enrolment enrolment, URI base);

    /** Each group's main link first; {@code documents} in the order of {@link Enrolment#uses}. */
    record Links(Group grafana, Group foxglove, URI recordings) {}

    record Group(URI main, List<Link> documents) {}

    record Link(Uid document, URI target) {}
}
