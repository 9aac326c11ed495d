package dev.muster.server.lab;

import dev.muster.identity.Permission;
import dev.muster.identity.Requires;
import dev.muster.kernel.KernelRefusal;
import dev.muster.lab.LabRefusal;
import dev.muster.lab.ScriptWords;
import io.swagger.v3.oas.annotations.Operation;
import java.util.regex.Pattern;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What setup scripts said, by the name that the history of a board has for it. Reads words of scripts and nothing else. */
@RestController
public class ScriptOutputEndpoint {

    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
    private static final MediaType TEXT = MediaType.parseMediaType("text/plain;charset=UTF-8");

    private final ScriptWords words;

    public ScriptOutputEndpoint(ScriptWords words) {
        this.words = words;
    }

    @GetMapping(path = "/api/v1/lab/script-output/{digest}", produces = MediaType.TEXT_PLAIN_VALUE)
    @Requires(Permission.LAB_ADMIN)
    @Operation(summary = "What the setup script said in one of its runs, the newest 64 KiB")
    public Mono<ResponseEntity<String>> read(@PathVariable String digest) {
        if (!DIGEST.matcher(digest).matches()) {
            return Mono.error(KernelRefusal.INVALID_REQUEST.because("The name of an output is 64 hex digits."));
        }
        return Mono.fromFuture(() -> words.read(digest)).map(kept -> ResponseEntity.ok()
                .contentType(TEXT)
                .cacheControl(CacheControl.noStore())
                .header("X-Content-Type-Options", "nosniff")
                .body(kept.orElseThrow(() -> LabRefusal.NO_SUCH_OUTPUT.because("No output is kept under that name."))));
    }
}
