/* Reads texts from standard input, each after its length as a line. Prints the minor version of the library, and
 * then for each text a line with either "error" or what was understood. */
#include <libconfig.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void print(const config_setting_t *s)
{
	const char *text;
	double real;
	unsigned long long bits;
	int i;

	switch (config_setting_type(s)) {
	case CONFIG_TYPE_GROUP:
		printf("{");
		for (i = 0; i < config_setting_length(s); i++) {
			printf("%s=", config_setting_name(config_setting_get_elem(s, i)));
			print(config_setting_get_elem(s, i));
			printf(";");
		}
		printf("}");
		break;
	case CONFIG_TYPE_LIST:
	case CONFIG_TYPE_ARRAY:
		printf(config_setting_type(s) == CONFIG_TYPE_LIST ? "(" : "[");
		for (i = 0; i < config_setting_length(s); i++) {
			print(config_setting_get_elem(s, i));
			printf(",");
		}
		printf(config_setting_type(s) == CONFIG_TYPE_LIST ? ")" : "]");
		break;
	case CONFIG_TYPE_STRING:
		printf("s");
		for (text = config_setting_get_string(s); *text; text++)
			printf("%02x", (unsigned char) *text);
		break;
	case CONFIG_TYPE_INT:
		printf("i%d", config_setting_get_int(s));
		break;
	case CONFIG_TYPE_INT64:
		printf("i%lld", config_setting_get_int64(s));
		break;
	case CONFIG_TYPE_FLOAT:
		real = config_setting_get_float(s);
		memcpy(&bits, &real, sizeof bits);
		printf("f%016llx", bits);
		break;
	case CONFIG_TYPE_BOOL:
		printf(config_setting_get_bool(s) ? "true" : "false");
		break;
	default:
		printf("?");
	}
}

int main(void)
{
	unsigned long length;

	printf("%d\n", LIBCONFIG_VER_MINOR);
	while (scanf("%lu", &length) == 1) {
		char *text = calloc(1, length + 1);
		config_t config;

		getchar();
		if (fread(text, 1, length, stdin) != length)
			return 1;
		config_init(&config);
		if (config_read_string(&config, text))
			print(config_root_setting(&config));
		else
			printf("error");
		printf("\n");
		config_destroy(&config);
		free(text);
	}
	return 0;
}
