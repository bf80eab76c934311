// Lists modules that are not the project's own and not read: the rest of the standard library and well-known packages.

const names = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter((name) => name !== ''));

/** Modules of the standard library without a row in the tables: what they do is not read. */
export const UNREAD_LIBRARY: ReadonlySet<string> = names(`
antigravity audioop bdb binhex cgi cgitb chunk cmd code codeop compileall cProfile crypt ctypes curses dbm distutils doctest ensurepip
faulthandler fcntl ftplib grp http idlelib imaplib imp lib2to3 mailbox mailcap marshal mmap modulefinder msilib msvcrt netrc nis nntplib
nturl2path ossaudiodev pdb pickle pickletools pipes pkgutil plistlib poplib posix posixpath profile pstats pty pwd py_compile
pyclbr pydoc readline reprlib rlcompleter runpy sched select selectors shelve site smtpd sndhdr spwd stringprep sunau symtable syslog tabnanny
telnetlib termios tkinter trace tracemalloc tty turtle venv weakref winreg winsound wsgiref xdrlib xmlrpc zipapp zipimport _io _thread
_posixsubprocess nt sre_compile unittest socketserver concurrent cython cffi`);

/** Packages that compute where they are: to import them does nothing, and most of what they offer neither. None of them evaluates texts. */
export const COMPUTING_PACKAGES: ReadonlySet<string> = names(`
torch sklearn scipy skimage networkx xarray seaborn plotly polars pyarrow numba jax einops shapely pydantic attr attrs marshmallow django flask
fastapi starlette werkzeug sqlalchemy rest_framework wtforms pytest hypothesis pylint docutils pygments babel lightgbm xgboost`);

/** Modules of the machine that packages carry as attributes, and the settings that hold their secrets. */
export const CARRIED_MODULES: ReadonlySet<string> = names(`
os sys io shutil subprocess socket ssl pathlib builtins importlib ctypes pickle cPickle cloudpickle joblib dill posix pty runpy tempfile glob
urllib urllib3 requests httpx http ftplib smtplib code codeop marshal multiprocessing signal webbrowser inspect gc types site zipfile tarfile conf`);

/** Packages that a project's own module is not likely to be called like. */
export const WELL_KNOWN_PACKAGES: ReadonlySet<string> = names(`
boto3 botocore django flask fastapi torch tensorflow transformers sklearn scipy sqlalchemy paramiko fabric invoke docker kubernetes google azure
stripe openai anthropic telegram telebot slack_sdk twilio sendgrid redis pymongo celery pynput scapy pyautogui selenium playwright psycopg2
psycopg pymysql MySQLdb asyncpg aiohttp httpx requests urllib3 websocket websockets discord tweepy praw keyring cryptography Crypto nacl
nmap impacket pwn pwntools shodan pexpect sh plumbum cloudpickle dill joblib pip setuptools uv poetry pyarrow polars duckdb streamlit gradio
dash plotly seaborn statsmodels cv2 skimage nltk spacy gensim huggingface_hub datasets accelerate langchain llama_index pydantic typer click
attr attrs jinja2 mako markdown2 docx pptx xlrd xlsxwriter reportlab fitz PyPDF2 pypdf pdfplumber git github gitlab jira atlassian hvac consul
etcd3 pika kafka confluent_kafka elasticsearch opensearchpy cassandra neo4j pyspark airflow prefect dagster ray dask mlflow wandb comet_ml
pytest hypothesis tox nox coverage mypy pylint black isort mako uvicorn gunicorn starlette tornado twisted scrapy mechanize pycurl netmiko
ansible salt pulumi troposphere solana web3 eth_account bitcoin ccxt yfinance alpaca pyperclip pyttsx3 sounddevice serial usb can bluetooth RPi`);
