package dev.muster.observe.command.http;

import dev.muster.identity.Permission;
import dev.muster.identity.Requires;
import dev.muster.kernel.Refusal;
import dev.muster.kernel.Refused;
import dev.muster.kernel.command.http.BodyText;
import dev.muster.observe.ObserveRefusal;
import dev.muster.observe.RuleFiles;
import dev.muster.observe.RuleFiles.Finding;
import dev.muster.observe.RuleFiles.RuleFile;
import dev.muster.observe.command.DocumentSettings;
import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Looks at alert rules before anyone stores them. */
@RestController
public class RuleCheckEndpoint {

    private final RuleFiles rules;
    private final DocumentSettings settings;

    public RuleCheckEndpoint(RuleFiles rules, DocumentSettings settings) {
        this.rules = rules;
        this.settings = settings;
    }

    /**
     * @param storable whether it could be published; one with findings can, though nobody may be able to load it
     * @param template whether it would be rendered for each device
     * @param findings what is wrong with it, and where; empty when all is well
     */
    public record RuleCheck(boolean storable, boolean template, List<Finding> findings) {}

    @PostMapping(
            path = "/api/v1/alert-rules:check",
            consumes = {
                MediaType.APPLICATION_YAML_VALUE,
                MediaType.TEXT_PLAIN_VALUE,
                MediaType.APPLICATION_JSON_VALUE,
                MediaType.APPLICATION_OCTET_STREAM_VALUE
            })
    @Requires(Permission.OBSERVE_READ)
    @Operation(summary = "Check an alert-rule file; changes nothing")
    public Mono<RuleCheck> check(@RequestBody Flux<DataBuffer> body) {
        return BodyText.of(body, settings.rulesBytesMax()).map(this::checked);
    }

    private RuleCheck checked(String yaml) {
        try {
            RuleFile file = rules.read(yaml);
            return new RuleCheck(true, file.template(), file.findings());
        } catch (Refused refused) {
            Refusal refusal = refused.refusal();
            if (!refusal.code().equals(ObserveRefusal.RULES_INVALID.code())) {
                throw refused;
            }
            Integer line = refusal.details().get("line") instanceof Integer known ? known : null;
            return new RuleCheck(false, false, List.of(new Finding("", line, refusal.message())));
        }
    }
}
