/* QR codes; on Debian from libqrencode-dev. */
#include <qrencode.h>
