package dev.muster.server.wiring;

import dev.muster.config.snapd.Generation;
import org.springframework.boot.context.properties.ConfigurationPropertiesBinding;
import org.springframework.core.convert.converter.Converter;
import org.springframework.stereotype.Component;

/** In settings, a generation of snapd's confdb is named by the release one has. */
@Component
@ConfigurationPropertiesBinding
final class SnapdReleaseConverter implements Converter<String, Generation> {

    @Override
    public Generation convert(String release) {
        return Generation.ofSnapd(release);
    }
}
