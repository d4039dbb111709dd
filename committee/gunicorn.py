"""Settings of gunicorn: `gunicorn --config committee/gunicorn.py`.

--bind, --workers and other options of the command line, or in GUNICORN_CMD_ARGS, override these.
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
max_requests = 5000  # a leak in a library cannot grow without bound
max_requests_jitter = 500
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 - gunicorn's own advice: memory, not disk
control_socket_disable = True
accesslog = None  # committee.middleware logs each request, without query strings
logconfig_dict = log_config.configuration(settings.LOG_FORMAT, settings.LOG_LEVEL)
forwarded_allow_ips = ""  # which proxies to trust is decided in Django, by PROXIES
