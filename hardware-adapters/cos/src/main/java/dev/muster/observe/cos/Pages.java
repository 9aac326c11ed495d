package dev.muster.observe.cos;

import dev.muster.observe.ApplicationLinks.Group;
import dev.muster.observe.ApplicationLinks.Links;
import dev.muster.observe.Enrolment;
import dev.muster.observe.Enrolments;
import dev.muster.observe.Uid;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import reactor.core.publisher.Mono;

/**
 * The pages that people who knew the original still have in their bookmarks (contract §9): plain, with the links into
 * Grafana, Foxglove and the recordings, and from each a way to the console.
 */
final class Pages {

    private static final int ROWS = 20;
    private static final int SIDEBAR_MAX = 1000;

    private final CosPorts ports;
    private final Enrolments enrolments;
    private final String prefix;

    Pages(CosPorts ports, CosSettings settings) {
        this.ports = ports;
        this.enrolments = ports.enrolments();
        this.prefix = settings.prefix();
    }

    Mono<Void> go(Visit visit, Target target) {
        return switch (target) {
            case DEVICES_PAGE -> list(visit);
            case DEVICE_PAGE -> device(visit);
            case ADMIN -> Answers.redirect(visit, 302, prefix + "/admin/login/?next=" + prefix + "/admin/");
            default -> Answers.redirect(visit, 302, "/sign-in");
        };
    }

    /** Why there is no page; whoever needs a token is shown the way to where people sign in. */
    Mono<Void> refused(Visit visit, CosFailure failure) {
        failure.headers().forEach(visit.response.getHeaders()::set);
        String title = failure.status() == 401 ? "Not signed in" : "Error " + failure.status();
        return Answers.page(
                visit,
                failure.status(),
                Html.page(
                        title,
                        "<h1>" + title + "</h1>\n<p>This page is for trusted networks and for programs with a token. "
                                + Html.link("/fleet", "The console") + " shows the same devices.</p>"));
    }

    private Mono<Void> list(Visit visit) {
        int size = enrolments.size();
        int pages = Math.max(1, (size + ROWS - 1) / ROWS);
        int page = pageAsked(visit.query().last("page"), pages);
        if (page < 1 || page > pages) {
            return Answers.page(visit, 404, Html.NOT_FOUND);
        }
        StringBuilder body = new StringBuilder("<h1>" + size + " devices</h1>\n<p>"
                + Html.link("/fleet", "The fleet in the console") + "</p>\n<table>\n"
                + "<thead><tr><th>Devices</th><th>IP</th><th>Created</th><th></th></tr></thead>\n<tbody>\n");
        enrolments.all().stream().skip((long) (page - 1) * ROWS).limit(ROWS).forEach(each -> row(body, each));
        if (size == 0) {
            body.append("<tr><td colspan=\"4\">No devices are available.</td></tr>\n");
        }
        body.append("</tbody></table>\n");
        if (pages > 1) {
            navigation(body, page, pages);
        }
        return Answers.page(visit, 200, Html.page("Devices", body.toString()));
    }

    /** 0 for what is no page. */
    private static int pageAsked(@Nullable String text, int pages) {
        if (text == null || text.isEmpty()) {
            return 1;
        }
        if (text.equals("last")) {
            return pages;
        }
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static void row(StringBuilder body, Enrolment each) {
        body.append("<tr><td>")
                .append(Html.link(
                        "../devices/" + Percent.segment(each.uid().value()),
                        each.uid().value()))
                .append("</td><td>")
                .append(Html.escaped(each.address()))
                .append("</td><td>")
                .append(Times.text(each.enrolledAt()))
                .append("</td><td>")
                .append(inConsole(each))
                .append("</td></tr>\n");
    }

    private static String inConsole(Enrolment each) {
        return Html.link("/fleet/" + Percent.segment(each.deviceId().value()), "console");
    }

    private static void navigation(StringBuilder body, int page, int pages) {
        body.append("<nav>");
        if (page > 1) {
            turn(body, 1, "First");
            turn(body, page - 1, "Previous");
        }
        for (int each = Math.max(1, page - 5); each <= Math.min(pages, page + 5); each++) {
            if (each == page) {
                body.append("<b>").append(each).append("</b> ");
            } else {
                turn(body, each, String.valueOf(each));
            }
        }
        if (page < pages) {
            turn(body, page + 1, "Next");
            turn(body, pages, "Last");
        }
        body.append("</nav>\n");
    }

    private static void turn(StringBuilder body, int page, String text) {
        body.append(Html.link("?page=" + page, text)).append(' ');
    }

    private Mono<Void> device(Visit visit) {
        String name = visit.route().uid();
        Uid uid = Uids.orNull(name);
        Enrolment device = uid == null ? null : enrolments.find(uid);
        if (device == null) {
            return Answers.page(visit, 200, "device " + Html.escaped(name) + " not found");
        }
        Links links = ports.links().of(device, base(visit));
        StringBuilder body = new StringBuilder("<nav><ul>\n");
        enrolments.all().stream().limit(SIDEBAR_MAX).forEach(each -> body.append("<li>")
                .append(Html.link(
                        prefix + "/devices/" + Percent.segment(each.uid().value()),
                        each.uid().value()))
                .append("</li>\n"));
        body.append("</ul>")
                .append(Html.link(prefix + "/devices/", "All devices"))
                .append("</nav>\n<h1>Device ")
                .append(Html.escaped(name))
                .append("</h1>\n<p>")
                .append(inConsole(device))
                .append("</p>\n<dl><dt>uid</dt><dd>")
                .append(Html.escaped(name))
                .append("</dd><dt>IP</dt><dd>")
                .append(Html.escaped(device.address()))
                .append("</dd><dt>Created</dt><dd>")
                .append(Times.text(device.enrolledAt()))
                .append("</dd></dl>\n");
        group(body, "Foxglove studio", links.foxglove());
        group(body, "Grafana", links.grafana());
        body.append("<h2>Bag files</h2>\n<ul><li>")
                .append(Html.link(links.recordings().toString(), "Bag files"))
                .append("</li></ul>\n");
        return Answers.page(visit, 200, Html.page("Device " + name, body.toString()));
    }

    private static void group(StringBuilder body, String title, Group group) {
        body.append("<h2>")
                .append(title)
                .append("</h2>\n<ul><li>")
                .append(Html.link(group.main().toString(), title))
                .append("</li>\n");
        group.documents().forEach(each -> body.append("<li>")
                .append(Html.link(each.target().toString(), each.document().value()))
                .append("</li>\n"));
        body.append("</ul>\n");
    }

    /** How the browser reached us. Anyone may say that it was by TLS: it only changes the links of that answer. */
    private static URI base(Visit visit) {
        boolean secure = visit.request.getSslInfo() != null
                || "https".equalsIgnoreCase(visit.headers.getFirst("X-Forwarded-Proto"));
        String host = visit.headers.getFirst(HttpHeaders.HOST);
        return URI.create((secure ? "https://" : "http://") + (host == null ? "localhost" : host));
    }
}
