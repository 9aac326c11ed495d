package dev.muster.updates.ddi;

import org.springframework.http.HttpMethod;
import reactor.core.publisher.Mono;

/** Which path and method leads where (contract §2). */
final class Routes {

    private static final String READ = "GET, HEAD, OPTIONS";
    private static final String POST = "POST, OPTIONS";
    private static final String PUT = "PUT, OPTIONS";
    private static final int SEGMENTS_MAX = 4;

    private final PollRoute polls;
    private final DocumentRoute documents;
    private final ReportRoute reports;
    private final DownloadRoute downloads;

    Routes(Wires wires) {
        this.polls = new PollRoute(wires);
        this.documents = new DocumentRoute(wires, polls);
        this.reports = new ReportRoute(wires);
        this.downloads = new DownloadRoute(wires);
    }

    /** True for what open downloads serve to anyone. */
    static boolean isDownload(String rest) {
        return rest.startsWith("softwaremodules/") && rest.split("/", -1).length == 4;
    }

    Mono<Void> go(Visit visit) {
        String rest = visit.path.rest();
        if (rest == null) {
            return visit.isGet() || only(visit, HttpMethod.GET, READ) ? polls.poll(visit) : options(visit, READ);
        }
        String[] parts = rest.split("/", SEGMENTS_MAX + 1);
        return switch (parts[0]) {
            case "configData" ->
                parts.length > 1
                        ? missing()
                        : only(visit, HttpMethod.PUT, PUT) ? reports.attributes(visit) : options(visit, PUT);
            case "deploymentBase" -> action(visit, parts);
            case "cancelAction" -> cancel(visit, parts);
            case "installedBase" -> installed(visit, parts);
            case "confirmationBase" -> confirmation(visit, parts);
            case "softwaremodules" -> modules(visit, parts);
            default -> missing();
        };
    }

    private Mono<Void> action(Visit visit, String[] parts) {
        if (parts.length == 2) {
            return only(visit, HttpMethod.GET, READ)
                    ? documents.deployment(visit, Wires.number(parts[1]))
                    : options(visit, READ);
        }
        if (!isFeedback(parts)) {
            return missing();
        }
        return only(visit, HttpMethod.POST, POST)
                ? reports.feedback(visit, Wires.number(parts[1]))
                : options(visit, POST);
    }

    private Mono<Void> cancel(Visit visit, String[] parts) {
        if (parts.length == 2) {
            return only(visit, HttpMethod.GET, READ)
                    ? documents.cancel(visit, Wires.number(parts[1]))
                    : options(visit, READ);
        }
        if (!isFeedback(parts)) {
            return missing();
        }
        return only(visit, HttpMethod.POST, POST)
                ? reports.cancelFeedback(visit, Wires.number(parts[1]))
                : options(visit, POST);
    }

    private Mono<Void> installed(Visit visit, String[] parts) {
        return switch (parts.length) {
            case 1 -> only(visit, HttpMethod.PUT, PUT) ? reports.installed(visit) : options(visit, PUT);
            case 2 ->
                only(visit, HttpMethod.GET, READ)
                        ? documents.installed(visit, Wires.number(parts[1]))
                        : options(visit, READ);
            default -> missing();
        };
    }

    private Mono<Void> confirmation(Visit visit, String[] parts) {
        if (parts.length == 1) {
            return only(visit, HttpMethod.GET, READ) ? polls.confirmationBase(visit) : options(visit, READ);
        }
        if (parts.length == 2) {
            return switch (parts[1]) {
                case "activateAutoConfirm" ->
                    only(visit, HttpMethod.POST, POST) ? reports.activateAutoConfirm(visit) : options(visit, POST);
                case "deactivateAutoConfirm" ->
                    only(visit, HttpMethod.POST, POST) ? reports.deactivateAutoConfirm(visit) : options(visit, POST);
                default ->
                    only(visit, HttpMethod.GET, READ)
                            ? documents.confirmation(visit, Wires.number(parts[1]))
                            : options(visit, READ);
            };
        }
        if (!isFeedback(parts)) {
            return missing();
        }
        return only(visit, HttpMethod.POST, POST)
                ? reports.confirmation(visit, Wires.number(parts[1]))
                : options(visit, POST);
    }

    private Mono<Void> modules(Visit visit, String[] parts) {
        if (parts.length < 3 || parts.length > 4 || !parts[2].equals("artifacts")) {
            return missing();
        }
        if (!only(visit, HttpMethod.GET, READ)) {
            return options(visit, READ);
        }
        long module = Wires.longNumber(parts[1]);
        return parts.length == 3 ? downloads.list(visit, module) : downloads.file(visit, module, parts[3]);
    }

    private static boolean isFeedback(String[] parts) {
        return parts.length == 3 && parts[2].equals("feedback");
    }

    /** True for the route's method (HEAD goes where GET does), false for OPTIONS; anything else is 405. */
    private static boolean only(Visit visit, HttpMethod method, String allow) {
        if (visit.method.equals(method) || (method == HttpMethod.GET && visit.isHead())) {
            return true;
        }
        if (visit.method.equals(HttpMethod.OPTIONS)) {
            return false;
        }
        throw DdiFailure.methodNotAllowed(allow);
    }

    private static Mono<Void> options(Visit visit, String allow) {
        visit.response.getHeaders().set("Allow", allow);
        return Answers.empty(visit.response, 200);
    }

    private static Mono<Void> missing() {
        return Mono.error(DdiFailure.notFound());
    }
}
