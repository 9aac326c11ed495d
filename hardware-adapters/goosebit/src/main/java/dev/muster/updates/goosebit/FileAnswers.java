package dev.muster.updates.goosebit;

import dev.muster.files.ByteRanges;
import dev.muster.files.FileHeaders;
import dev.muster.files.FileSender;
import dev.muster.kernel.Percent;
import dev.muster.updates.ArtifactStore.StoredArtifact;
import dev.muster.updates.SoftwareModule.Artifact;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import reactor.core.publisher.Mono;

/** Sends the file of a software, whole or in pieces, or says where it lies (contract §2.8). */
final class FileAnswers {

    private static final Pattern RANGE = Pattern.compile("(\\d*)-(\\d*)");

    private final GoosebitPorts ports;
    private final int rangesMax;
    private final FileSender sender;
    private final StoredFiles stored;

    FileAnswers(GoosebitPorts ports, GoosebitSettings settings) {
        this.ports = ports;
        this.rangesMax = settings.rangesMax();
        this.sender = new FileSender(ports.artifacts());
        this.stored = new StoredFiles(ports.artifacts());
    }

    /** The address of what lies elsewhere, with its password; null for what lies here. */
    @Nullable
    String elsewhere(Artifact file) {
        return file.url() == null ? null : ports.passwords().whole(file.url());
    }

    /** Whether the content is still there. */
    Mono<Boolean> isThere(Artifact file) {
        return stored.isThere(file);
    }

    /** Whether it was there a moment ago; for polls. */
    Mono<Boolean> wasThere(Artifact file) {
        return stored.wasThere(file);
    }

    /** Its size, without any byte of it. */
    Mono<Void> head(Visit visit, Artifact file) {
        return isThere(file).flatMap(there -> {
            if (!there) {
                throw gone();
            }
            visit.response.getHeaders().setContentLength(file.size());
            return visit.response.setComplete();
        });
    }

    Mono<Void> send(Visit visit, Artifact file) {
        String elsewhere = elsewhere(file);
        if (elsewhere != null) {
            return Answers.redirect(visit, 307, elsewhere);
        }
        return ports.artifacts()
                .find(file.sha256())
                .switchIfEmpty(Mono.error(FileAnswers::gone))
                .flatMap(stored -> send(visit, file, stored));
    }

    private Mono<Void> send(Visit visit, Artifact file, StoredArtifact stored) {
        List<ByteRanges.Piece> pieces = List.of();
        String range = visit.headers.getFirst(HttpHeaders.RANGE);
        String ifRange = visit.headers.getFirst(HttpHeaders.IF_RANGE);
        if (range != null && FileHeaders.isSameFile(ifRange, file.sha1(), file.storedAt())) {
            String fault = faultOf(range);
            if (fault != null) {
                return Answers.text(visit, 400, "text/plain; charset=utf-8", fault);
            }
            pieces = ByteRanges.parse(range.replace(" ", ""), stored.size(), rangesMax);
            if (pieces == null) {
                throw WireFailure.rangeNotSatisfiable(stored.size());
            }
        }
        HttpHeaders headers = visit.response.getHeaders();
        headers.set(HttpHeaders.CONTENT_TYPE, "application/octet-stream");
        headers.set(HttpHeaders.ACCEPT_RANGES, "bytes");
        headers.set(HttpHeaders.ETAG, '"' + file.sha1() + '"');
        headers.set(HttpHeaders.LAST_MODIFIED, FileHeaders.date(file.storedAt()));
        headers.set(HttpHeaders.CONTENT_DISPOSITION, disposition(file.fileName()));
        headers.set("X-Content-Type-Options", "nosniff");
        return sender.send(visit.response, stored, pieces);
    }

    private static WireFailure gone() {
        return WireFailure.detail(404, "The file is no longer stored");
    }

    /** What is wrong with a range header before the file's size is looked at; null when nothing is. */
    static @Nullable String faultOf(String header) {
        int equals = header.indexOf('=');
        if (equals < 0) {
            return "Malformed range header.";
        }
        if (!header.substring(0, equals).strip().equals("bytes")) {
            return "Only support bytes range";
        }
        for (String each : header.substring(equals + 1).split(",", -1)) {
            Matcher range = RANGE.matcher(each.strip());
            if (!range.matches() || (range.group(1).isEmpty() && range.group(2).isEmpty())) {
                return "Range header: range must be requested";
            }
            boolean hasBoth = !range.group(1).isEmpty() && !range.group(2).isEmpty();
            if (hasBoth && isGreater(range.group(1), range.group(2))) {
                return "Range header: start must be less than end";
            }
        }
        return null;
    }

    private static boolean isGreater(String a, String b) {
        String left = a.replaceFirst("^0+", "");
        String right = b.replaceFirst("^0+", "");
        return left.length() != right.length() ? left.length() > right.length() : left.compareTo(right) > 0;
    }

    static String disposition(String fileName) {
        boolean plain = fileName.chars().allMatch(c -> c > ' ' && c <= '~' && c != '"' && c != '\\' && c != '%');
        return plain
                ? "attachment; filename=\"" + fileName + "\""
                : "attachment; filename*=utf-8''" + Percent.encoded(fileName);
    }
}
