"""gunicorn's settings: gunicorn --config committee/gunicorn.py

--bind, --workers and the rest on its command line, or GUNICORN_CMD_ARGS, come before these.
"""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from django.core.exceptions import ImproperlyConfigured

try:
    from committee import log_config, settings  # also refuses wrong settings once, instead of once per worker
except ImproperlyConfigured as problem:
    sys.exit(f"The settings need mending:\n{problem}")

wsgi_app = "committee.wsgi:application"
bind = "127.0.0.1:8000"
workers = 2
worker_class = "gthread"
threads = 4
timeout = 60
graceful_timeout = 10
max_requests = 5000  # a leak in a library cannot grow for ever
max_requests_jitter = 500
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 - gunicorn's own advice: memory, not disk
control_socket_disable = True
accesslog = None  # committee.middleware logs each request, without query strings
logconfig_dict = log_config.configuration(settings.LOG_FORMAT, settings.LOG_LEVEL)
forwarded_allow_ips = ""  # whom to believe is decided in Django, by PROXIES
