package dev.muster.config.command.http;

import dev.muster.config.Json;
import dev.muster.config.JsonFault;
import dev.muster.config.JsonReader;
import dev.muster.kernel.KernelRefusal;
import dev.muster.kernel.command.http.BodyText;
import java.util.Set;
import org.springframework.core.io.buffer.DataBuffer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Objects on their way in, read by ourselves: numbers stay exact, and no fault repeats a value, for it may be a secret. */
public final class ObjectBody {

    private ObjectBody() {}

    /** The body as an object that has no other members than these. */
    public static Mono<Json.Members> members(Flux<DataBuffer> body, int bytesMax, Set<String> known) {
        return BodyText.of(body, bytesMax).map(text -> {
            Json.Members members = read(text);
            for (String name : members.values().keySet()) {
                if (!known.contains(name)) {
                    throw KernelRefusal.INVALID_REQUEST.because("There is no member '" + name + "' here.");
                }
            }
            return members;
        });
    }

    private static Json.Members read(String text) {
        try {
            if (JsonReader.read(text) instanceof Json.Members members) {
                return members;
            }
        } catch (JsonFault fault) {
            throw KernelRefusal.INVALID_REQUEST.because("This is not JSON, line " + fault.line() + ", column "
                    + fault.column() + ": " + fault.getMessage() + ".");
        }
        throw KernelRefusal.INVALID_REQUEST.because("The body is an object in JSON.");
    }
}
