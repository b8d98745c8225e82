/* DNS-SD as Bonjour offers it; on Debian from libavahi-compat-libdnssd-dev. */
#include <dns_sd.h>
